package io.billingledger.api.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.LedgerTest;
import io.billingledger.api.security.Caller;
import io.billingledger.api.security.Role;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.ApiKeyId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Scope;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@LedgerTest
class BootstrapKeyTest {
  @Autowired private ApiKeys keys;
  @Autowired private JdbcClient database;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private Clock clock;

  @Test
  void aNewLedgerPrintsOneKeyOnce() {
    onANewLedger(
        () -> {
          Matcher printed = Pattern.compile("blk_[A-Za-z0-9_-]{43}").matcher(start(""));
          assertThat(printed.find()).isTrue();
          assertThat(keys.find(printed.group()).orElseThrow().roles())
              .containsExactly(Role.PLATFORM_OWNER);
          assertThat(start("")).isEmpty();
        });
  }

  @Test
  void aKeyFromTheSettingsIsNotPrinted() {
    String setting = "blk_" + "k".repeat(40);
    onANewLedger(
        () -> {
          assertThat(start(setting)).isEmpty();
          assertThat(keys.find(setting)).isPresent();
          assertThat(start("blk_" + "o".repeat(40))).isEmpty();
          assertThat(keys.find("blk_" + "o".repeat(40))).isEmpty();
        });
  }

  @Test
  void theLastOwnerCannotBeLockedOut() {
    onANewLedger(
        () -> {
          start("blk_" + "k".repeat(40));
          ApiKeyId first = keys.find("blk_" + "k".repeat(40)).orElseThrow().id();
          Actor by = new Actor("a test");
          assertThatThrownBy(() -> keys.revoke(first, by, clock.instant()))
              .isInstanceOfSatisfying(
                  Rejected.class,
                  refused ->
                      assertThat(refused.rejection().code()).isEqualTo("api-key.last-owner"));
          Caller another = new Caller(by, Set.of(Role.PLATFORM_OWNER), Optional.empty());
          keys.create(ApiKeyId.next(), keys.newSecret(), another, by, clock.instant());
          assertThat(keys.revoke(first, by, clock.instant()).revokedBy()).isEqualTo(by);
        });
  }

  @Test
  void aWeakKeyStopsTheStart() {
    assertThatThrownBy(() -> start("secret")).hasMessageContaining("ledger.bootstrap-key");
  }

  /** All of it is taken back at the end. */
  private void onANewLedger(Runnable check) {
    Scope.allTenants(
        () ->
            new TransactionTemplate(transactions)
                .executeWithoutResult(
                    status -> {
                      status.setRollbackOnly();
                      database.sql("DELETE FROM api_key").update();
                      check.run();
                    }));
  }

  private String start(String setting) {
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    new BootstrapKey(
            keys,
            database,
            transactions,
            clock,
            setting,
            new PrintStream(console, true, StandardCharsets.UTF_8))
        .run(null);
    return console.toString(StandardCharsets.UTF_8);
  }
}
