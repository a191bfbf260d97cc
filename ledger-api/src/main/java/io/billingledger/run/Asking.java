package io.billingledger.run;

import io.billingledger.run.Checks.Question;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks the database a question; in the scope of the caller. */
record Asking(JdbcTemplate database, TransactionTemplate reading) {

  List<Finding> look(Question question, Reach reach, Instant asOf) {
    Map<String, Object> parameters = new HashMap<>(reach.parameters());
    parameters.put("as_of", Timestamp.from(asOf));
    return ask(reach.of(question.query()), parameters);
  }

  /** What a whole-ledger question finds of what came since the position. */
  List<Finding> recent(Question question, long since) {
    return ask(question.recent(), Map.of("since", since));
  }

  private List<Finding> ask(String query, Map<String, Object> parameters) {
    return reading.execute(
        _ ->
            new NamedParameterJdbcTemplate(database)
                .query(
                    query + " ORDER BY 1",
                    parameters,
                    (row, _) ->
                        new Finding(
                            row.getString("id"),
                            row.getString("tenant_id"),
                            row.getString("currency"),
                            row.getBigDecimal("amount"),
                            row.getString("mark"))));
  }

  /** What was found both times, just the same. */
  static List<Finding> both(List<Finding> first, List<Finding> second) {
    Set<Finding> again = new HashSet<>(second);
    return first.stream().filter(again::contains).toList();
  }
}
