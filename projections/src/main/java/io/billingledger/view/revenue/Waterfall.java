package io.billingledger.view.revenue;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** How deferred revenue came and went month by month, and when what is left will be earned. */
public class Waterfall {
  private static final String MOVED =
      """
      SELECT p.currency_code AS currency, date_trunc('month', p.accounting_date)::date AS month,
        coalesce(sum(-p.amount) FILTER (WHERE e.cause_type = 'invoice.issued'), 0) AS invoiced,
        coalesce(sum(p.amount) FILTER (WHERE e.cause_type IN ('invoice.voided',
          'invoice.credit-note-issued', 'invoice.credit-note-reversed')), 0) AS taken,
        coalesce(sum(p.amount) FILTER (WHERE e.cause_type = 'revenue.recognised'), 0) AS recognised,
        sum(-p.amount) AS moved
      FROM view_journal_posting p JOIN view_journal_entry e ON e.entry_id = p.entry_id
      WHERE p.account = 'DEFERRED_REVENUE' AND p.legal_entity_id = :entity
        AND p.accounting_date < :until
      GROUP BY 1, 2 ORDER BY 1, 2""";

  private final EntityManager entities;

  public Waterfall(EntityManager entities) {
    this.entities = entities;
  }

  /**
   * @param taken by credit notes and voids, less what was reversed
   * @param other by hand
   */
  public record Month(
      YearMonth month,
      Money opening,
      Money invoiced,
      Money taken,
      Money recognised,
      Money other,
      Money closing) {}

  /**
   * @param planned when what stands deferred now will be earned, as far as it is known today
   */
  public record OfCurrency(
      CurrencyUnit currency, List<Month> months, Map<YearMonth, Money> planned) {}

  /** Both months included; of each currency in which anything was ever deferred. */
  public List<OfCurrency> between(String legalEntityId, YearMonth from, YearMonth to) {
    Map<String, Map<YearMonth, Tuple>> moved = new TreeMap<>();
    for (Tuple row : moved(legalEntityId, to.plusMonths(1).atDay(1))) {
      moved
          .computeIfAbsent(row.get("currency", String.class), _ -> new TreeMap<>())
          .put(YearMonth.from(row.get("month", LocalDate.class)), row);
    }
    Map<String, Map<YearMonth, Money>> planned = planned(legalEntityId);
    List<OfCurrency> answer = new ArrayList<>();
    moved.forEach(
        (code, months) -> {
          CurrencyUnit currency = CurrencyUnit.of(code);
          answer.add(
              new OfCurrency(
                  currency,
                  months(currency, months, from, to),
                  planned.getOrDefault(code, Map.of())));
        });
    return answer;
  }

  private static List<Month> months(
      CurrencyUnit currency, Map<YearMonth, Tuple> moved, YearMonth from, YearMonth to) {
    Money zero = Money.zero(currency);
    Money balance =
        moved.entrySet().stream()
            .filter(entry -> entry.getKey().isBefore(from))
            .map(entry -> money(currency, entry.getValue(), "moved"))
            .reduce(zero, Money::plus);
    List<Month> months = new ArrayList<>();
    for (YearMonth month = from; !month.isAfter(to); month = month.plusMonths(1)) {
      Tuple row = moved.get(month);
      Money invoiced = row == null ? zero : money(currency, row, "invoiced");
      Money taken = row == null ? zero : money(currency, row, "taken");
      Money recognised = row == null ? zero : money(currency, row, "recognised");
      Money all = row == null ? zero : money(currency, row, "moved");
      Money closing = balance.plus(all);
      months.add(
          new Month(
              month,
              balance,
              invoiced,
              taken,
              recognised,
              all.minus(invoiced).plus(taken).plus(recognised),
              closing));
      balance = closing;
    }
    return months;
  }

  private static Money money(CurrencyUnit currency, Tuple row, String column) {
    return Money.of(currency, row.get(column, BigDecimal.class));
  }

  private List<Tuple> moved(String legalEntityId, LocalDate until) {
    @SuppressWarnings("unchecked")
    List<Tuple> rows =
        entities
            .createNativeQuery(MOVED, Tuple.class)
            .setParameter("entity", legalEntityId)
            .setParameter("until", until)
            .getResultList();
    return rows;
  }

  private Map<String, Map<YearMonth, Money>> planned(String legalEntityId) {
    Map<String, Map<YearMonth, Money>> planned = new TreeMap<>();
    entities
        .createQuery(
            "select r from RevenueRow r where r.legalEntityId = :entity"
                + " and r.recognised <> r.amount",
            RevenueRow.class)
        .setParameter("entity", legalEntityId)
        .getResultStream()
        .forEach(
            row -> {
              Map<YearMonth, Money> months =
                  planned.computeIfAbsent(
                      row.recognised().getCurrencyUnit().getCode(), _ -> new TreeMap<>());
              row.planned().forEach((month, amount) -> months.merge(month, amount, Money::plus));
            });
    return planned;
  }
}
