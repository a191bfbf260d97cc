package io.billingledger.wiring;

import io.billingledger.kernel.Claims;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Claims as rows with a primary key. They are written in the running transaction, so they stand or
 * fall with the events; where the events are kept elsewhere, each claim commits by itself first,
 * and its holder's id makes the repeated command find it.
 */
final class PostgresClaims implements Claims {
  private final JdbcTemplate database;
  private final TransactionTemplate ownTransaction;
  private final Clock clock;
  private final boolean eventsElsewhere;
  private final Permanent<String, String> neverReleased = new Permanent<>();

  PostgresClaims(
      JdbcTemplate database,
      PlatformTransactionManager transactions,
      Clock clock,
      boolean eventsElsewhere) {
    this.database = database;
    this.ownTransaction = new TransactionTemplate(transactions);
    this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.clock = clock;
    this.eventsElsewhere = eventsElsewhere;
  }

  @Override
  public String claim(Kind kind, String key, String holder) {
    String known = ReadAhead.holder(kind, key);
    if (known != null) {
      return known;
    }
    return within(
        () -> {
          // Waits for whoever is claiming the same key; empty when that one has just committed
          // (too late for this statement's snapshot) or just released it: then look again.
          while (true) {
            List<String> holders =
                database.queryForList(
                    """
                    WITH claimed AS (
                      INSERT INTO claims (kind, key, holder, claimed_at) VALUES (?, ?, ?, ?)
                      ON CONFLICT DO NOTHING RETURNING holder)
                    SELECT holder FROM claimed
                    UNION ALL SELECT holder FROM claims WHERE kind = ? AND key = ? LIMIT 1
                    """,
                    String.class,
                    kind.name(),
                    key,
                    holder,
                    now(),
                    kind.name(),
                    key);
            if (!holders.isEmpty()) {
              return holders.getFirst();
            }
          }
        });
  }

  /** Claims the keys for their holders; who holds them now, as far as that can be seen at once. */
  Map<String, String> claimAll(Kind kind, Map<String, String> holders) {
    List<String> keys = holders.keySet().stream().sorted().toList(); // against deadlocks
    Map<String, String> answer = new HashMap<>();
    within(
        () -> {
          database.query(
              """
              WITH wanted AS (SELECT * FROM unnest(?::text[], ?::text[]) AS w (key, holder)),
              claimed AS (
                INSERT INTO claims (kind, key, holder, claimed_at)
                SELECT ?, key, holder, ? FROM wanted
                ON CONFLICT DO NOTHING RETURNING key, holder)
              SELECT key, holder FROM claimed
              UNION ALL
              SELECT c.key, c.holder FROM claims c JOIN wanted w ON w.key = c.key WHERE c.kind = ?
              """,
              row -> {
                answer.put(row.getString(1), row.getString(2));
              },
              keys.toArray(String[]::new),
              keys.stream().map(holders::get).toArray(String[]::new),
              kind.name(),
              now(),
              kind.name());
          return answer;
        });
    return answer;
  }

  @Override
  public void release(Kind kind, String key, String holder) {
    within(
        () ->
            database.update(
                "DELETE FROM claims WHERE kind = ? AND key = ? AND holder = ?",
                kind.name(),
                key,
                holder));
  }

  @Override
  public Optional<String> holder(Kind kind, String key) {
    return switch (kind) {
      case PRODUCT_CODE, PLAN_CODE -> neverReleased.get(kind + "/" + key, () -> found(kind, key));
      case RUNNING_SUBSCRIPTION,
          TRIAL,
          INVOICE_CYCLE,
          INVOICE_NUMBER,
          CREDIT_NOTE_NUMBER,
          PROOF_FILE,
          COUPON_CODE,
          COUPON_USE,
          BANK_FILE,
          BANK_PAYMENT,
          MANUAL_REVERSAL ->
          found(kind, key);
    };
  }

  private Optional<String> found(Kind kind, String key) {
    return database
        .queryForList(
            "SELECT holder FROM claims WHERE kind = ? AND key = ?", String.class, kind.name(), key)
        .stream()
        .findFirst();
  }

  /** Numbers by holder, given out in the holders' order. */
  Map<String, Long> nextAll(Kind kind, String series, List<String> holders) {
    Map<String, Long> answer = new HashMap<>();
    within(
        () -> {
          database.query(
              "SELECT holder, number FROM ledger_next_numbers(?, ?, ?, ?)",
              row -> {
                answer.put(row.getString(1), row.getLong(2));
              },
              kind.name(),
              series,
              holders.toArray(String[]::new),
              now());
          return answer;
        });
    return answer;
  }

  @Override
  public long next(Kind kind, String series, String holder) {
    Long taken = ReadAhead.taken(kind, series, holder);
    if (taken != null) {
      return taken;
    }
    return within(
        () ->
            database.queryForObject(
                "SELECT ledger_next_number(?, ?, ?, ?)",
                Long.class,
                kind.name(),
                series,
                holder,
                now()));
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }

  private <T> T within(Supplier<T> work) {
    return eventsElsewhere ? ownTransaction.execute(_ -> work.get()) : work.get();
  }
}
