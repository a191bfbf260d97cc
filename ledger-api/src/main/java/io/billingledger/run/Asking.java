package io.billingledger.run;

import io.billingledger.run.Checks.Question;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks the database a question; in the scope of the caller. */
record Asking(JdbcTemplate database, TransactionTemplate reading) {

  List<Finding> look(Question question, Instant asOf) {
    Object[] arguments = question.asOf() ? new Object[] {Timestamp.from(asOf)} : new Object[] {};
    return reading.execute(
        _ ->
            database.query(
                question.query() + " ORDER BY 1",
                (row, _) ->
                    new Finding(
                        row.getString("id"),
                        row.getString("tenant_id"),
                        row.getString("currency"),
                        row.getBigDecimal("amount"),
                        row.getString("mark")),
                arguments));
  }

  /** What was found both times, just the same. */
  static List<Finding> both(List<Finding> first, List<Finding> second) {
    Set<Finding> again = new HashSet<>(second);
    return first.stream().filter(again::contains).toList();
  }
}
