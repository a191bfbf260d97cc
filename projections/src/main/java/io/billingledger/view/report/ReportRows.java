package io.billingledger.view.report;

import io.billingledger.journal.Account;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.Session;
import org.joda.money.CurrencyUnit;

/** Answers reports row by row, within a transaction. */
public class ReportRows {
  private static final int FETCHED = 1000;
  private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-z]+)");

  private final EntityManager entities;

  public ReportRows(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * What is asked; what a report does not need is left out.
   *
   * @param from the first accounting day
   * @param to the last one
   * @param zone of the legal entity
   * @param account and {@code detail}, null for all of it, of an account's statement
   * @param tenant of a customer's statement
   */
  public record Asked(
      String legalEntityId,
      LocalDate from,
      LocalDate to,
      ZoneId zone,
      Account account,
      String detail,
      String tenant) {

    private Map<String, String> parameters() {
      Map<String, String> values = new HashMap<>();
      values.put("entity", legalEntityId);
      values.put("from", from.toString());
      values.put("to", to.toString());
      values.put("zone", zone.getId());
      values.put("account", account == null ? null : account.name());
      values.put("detail", detail);
      values.put("tenant", tenant);
      return values;
    }
  }

  /** Each row has a text, a {@link LocalDate}, a {@link BigDecimal} or null for each column. */
  public void read(Report report, Asked asked, Consumer<List<Object>> reader) {
    List<String> names = new ArrayList<>();
    Matcher parameters = PARAMETER.matcher(report.query());
    while (parameters.find()) {
      names.add(parameters.group(1));
    }
    String query = PARAMETER.matcher(report.query()).replaceAll("?");
    Map<String, String> values = asked.parameters();
    entities
        .unwrap(Session.class)
        .doWork(
            database -> {
              try (PreparedStatement select = database.prepareStatement(query)) {
                select.setFetchSize(FETCHED);
                for (int i = 0; i < names.size(); i++) {
                  select.setString(i + 1, values.get(names.get(i)));
                }
                try (ResultSet rows = select.executeQuery()) {
                  while (rows.next()) {
                    reader.accept(row(report, rows));
                  }
                }
              }
            });
  }

  private static List<Object> row(Report report, ResultSet values) throws SQLException {
    List<Column> columns = report.columns();
    int decimals = 0;
    List<Object> row = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      switch (column.kind()) {
        case TEXT -> {
          String text = values.getString(i + 1);
          if (column.name().equals("currency")) {
            decimals = CurrencyUnit.of(text).getDecimalPlaces();
          }
          row.add(text);
        }
        case DATE -> row.add(values.getObject(i + 1, LocalDate.class));
        case NUMBER -> row.add(values.getBigDecimal(i + 1));
        case AMOUNT -> {
          BigDecimal amount = values.getBigDecimal(i + 1);
          row.add((amount == null ? BigDecimal.ZERO : amount).setScale(decimals));
        }
      }
    }
    return row;
  }
}
