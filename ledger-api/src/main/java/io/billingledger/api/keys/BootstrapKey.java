package io.billingledger.api.keys;

import io.billingledger.api.security.Caller;
import io.billingledger.api.security.Role;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.ApiKeyId;
import io.billingledger.kernel.Scope;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The first key of a new ledger, for a platform owner: taken from {@code ledger.bootstrap-key}, or
 * made and printed, once. To the console and not to the log, which others may read.
 */
public final class BootstrapKey implements ApplicationRunner {
  private static final Logger LOG = LoggerFactory.getLogger(BootstrapKey.class);
  private static final Pattern ACCEPTABLE = Pattern.compile("blk_[A-Za-z0-9_-]{32,128}");

  private final ApiKeys keys;
  private final JdbcClient database;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final String setting;
  private final PrintStream console;

  public BootstrapKey(
      ApiKeys keys,
      JdbcClient database,
      PlatformTransactionManager transactions,
      Clock clock,
      String setting,
      PrintStream console) {
    if (!setting.isEmpty() && !ACCEPTABLE.matcher(setting).matches()) {
      throw new IllegalArgumentException(
          "The setting ledger.bootstrap-key must be blk_ and 32 to 128 letters, digits, - or _.");
    }
    this.keys = keys;
    this.database = database;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
    this.setting = setting;
    this.console = console;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    Optional<String> print =
        Scope.allTenants(() -> transaction.execute(_ -> makeUnlessThereIsOne()));
    print.ifPresent(
        secret -> {
          console.println();
          console.println(
              "  The first key of this ledger, for a platform owner. It is not shown again:");
          console.println("  " + secret);
          console.println();
          console.flush();
        });
  }

  /**
   * @return the secret to print
   */
  private Optional<String> makeUnlessThereIsOne() {
    // Two processes that start on one new database take turns.
    database.sql("LOCK TABLE api_key IN SHARE ROW EXCLUSIVE MODE").update();
    if (keys.everHadOwner()) {
      if (!setting.isEmpty() && keys.find(setting).isEmpty()) {
        LOG.warn("ledger.bootstrap-key is ignored: this ledger has had a platform owner's key");
      }
      return Optional.empty();
    }
    String secret = setting.isEmpty() ? keys.newSecret() : setting;
    keys.create(
        ApiKeyId.derive("bootstrap"),
        secret,
        new Caller(new Actor("platform-owner"), Set.of(Role.PLATFORM_OWNER), Optional.empty()),
        Actor.system("bootstrap"),
        clock.instant());
    return setting.isEmpty() ? Optional.of(secret) : Optional.empty();
  }
}
