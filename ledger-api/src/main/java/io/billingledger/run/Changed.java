package io.billingledger.run;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** To whom something has happened; in the scope of the caller. */
record Changed(JdbcTemplate database, TransactionTemplate reading) {
  /** From here on it is cheaper to look at everybody. */
  private static final int MANY = 1000;

  /**
   * What happened after a position.
   *
   * @param any whether anything did but that breaks were found or spoken of
   */
  record Since(boolean any, Set<String> tenants) {}

  /** Empty where it is too many to tell, or the events are not in this database. */
  Optional<Since> since(long position, long head) {
    return reading.execute(
        _ -> {
          Long here =
              database.queryForObject(
                  "SELECT coalesce(max(global_index), 0) FROM domain_event_entry", Long.class);
          if (here < head) {
            return Optional.empty();
          }
          Set<String> tenants =
              new TreeSet<>(
                  database.queryForList(
                      "SELECT DISTINCT tenant_id FROM domain_event_entry WHERE global_index > ?"
                          + " AND tenant_id IS NOT NULL LIMIT ?",
                      String.class,
                      position,
                      MANY + 1));
          return tenants.size() > MANY
              ? Optional.empty()
              : Optional.of(new Since(!tenants.isEmpty() || platform(position), tenants));
        });
  }

  private boolean platform(long position) {
    return Boolean.TRUE.equals(
        database.queryForObject(
            "SELECT EXISTS (SELECT FROM domain_event_entry WHERE global_index > ?"
                + " AND payload_type NOT LIKE 'break.%')",
            Boolean.class, position));
  }
}
