package io.billingledger.view.journal;

import io.billingledger.journal.Account;
import io.billingledger.journal.BookedInvoice;
import io.billingledger.journal.JournalEntry;
import io.billingledger.view.ViewTables;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.jpa.HibernateHints;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The books, for those who write and read them. */
public class Journal {
  private static final String BALANCES =
      "SELECT account, currency_code, sum(debit), sum(credit) FROM %s"
          + " GROUP BY account, currency_code ORDER BY currency_code, account";

  private static final String UNTIL =
      """
      (SELECT account, currency_code, debit, credit FROM view_journal_sum WHERE posted_on < :day
       UNION ALL
       SELECT account, currency_code, greatest(amount, 0), greatest(-amount, 0)
       FROM view_journal_posting WHERE posted_at >= :begins AND posted_at <= :asOf) AS until""";

  private final EntityManager entities;
  private final JournalWriter writer;

  public Journal(EntityManager entities) {
    this.entities = entities;
    this.writer = new JournalWriter(entities);
  }

  /** With the running unit of work; an entry that stands in the books already stays as it is. */
  void post(JournalEntry entry, long position) {
    writer.write(entry, position);
  }

  /** Writes what the running unit of work has posted, which otherwise waits for its end. */
  public void flush() {
    writer.flush();
  }

  void removeAll() {
    ViewTables.empty(entities, "view_journal_posting", "view_journal_entry", "view_journal_sum");
  }

  /** Every account as it stands; read from the sums of each day. */
  public List<Balance> balances() {
    return balances(
        entities.createNativeQuery(BALANCES.formatted("view_journal_sum"), Tuple.class));
  }

  /**
   * Every account that has postings up to the moment, that moment included; read from the sums of
   * the days before, and the postings of its own.
   */
  public List<Balance> balances(Instant asOf) {
    LocalDate day = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
    return balances(
        entities
            .createNativeQuery(BALANCES.formatted(UNTIL), Tuple.class)
            .setParameter("day", day)
            .setParameter("begins", day.atStartOfDay(ZoneOffset.UTC).toInstant())
            .setParameter("asOf", asOf));
  }

  private static List<Balance> balances(Query sums) {
    @SuppressWarnings("unchecked")
    Stream<Tuple> rows = sums.getResultStream();
    return rows.map(
            row -> {
              CurrencyUnit currency = CurrencyUnit.of(row.get(1, String.class));
              return new Balance(
                  Account.valueOf(row.get(0, String.class)),
                  Money.of(currency, row.get(2, BigDecimal.class)),
                  Money.of(currency, row.get(3, BigDecimal.class)));
            })
        .toList();
  }

  /** One account of the books. */
  public record Detailed(Account account, String detail) {}

  /** Every account that was ever posted to. */
  public List<Detailed> accounts(String legalEntityId) {
    return sums(legalEntityId, "DISTINCT account, detail", "account, detail")
        .map(
            row ->
                new Detailed(Account.valueOf(row.get(0, String.class)), row.get(1, String.class)))
        .toList();
  }

  /** What accounts were named, the last first. */
  public List<ChartRow> names(long before, int limit) {
    return entities
        .createQuery(
            "select c from ChartRow c where c.sequence < :before order by c.sequence desc",
            ChartRow.class)
        .setParameter("before", before)
        .setMaxResults(limit)
        .getResultList();
  }

  /** Every currency that was ever posted in. */
  public List<CurrencyUnit> currencies(String legalEntityId) {
    return sums(legalEntityId, "DISTINCT currency_code", "currency_code")
        .map(row -> CurrencyUnit.of(row.get(0, String.class)))
        .toList();
  }

  private Stream<Tuple> sums(String legalEntityId, String columns, String order) {
    @SuppressWarnings("unchecked")
    Stream<Tuple> rows =
        entities
            .createNativeQuery(
                "SELECT "
                    + columns
                    + " FROM view_journal_sum WHERE legal_entity_id = :entity ORDER BY "
                    + order,
                Tuple.class)
            .setParameter("entity", legalEntityId)
            .getResultStream();
    return rows;
  }

  /** By invoice: the accounting day of its issue. */
  public Map<String, LocalDate> issueDays(List<String> invoices) {
    return invoices.isEmpty()
        ? Map.of()
        : entities
            .createQuery(
                "select i from BookedInvoiceRow i where i.id in :invoices", BookedInvoiceRow.class)
            .setParameter("invoices", invoices)
            .getResultStream()
            .map(BookedInvoiceRow::booked)
            .collect(Collectors.toMap(i -> i.invoiceId().value(), BookedInvoice::issuedOn));
  }

  /** The first accounting day on which anything is posted. */
  public Optional<LocalDate> firstDay(String legalEntityId) {
    return Optional.ofNullable(
        entities
            .createQuery(
                "select min(e.date) from EntryRow e where e.legalEntityId = :entity",
                LocalDate.class)
            .setParameter("entity", legalEntityId)
            .getSingleResult());
  }

  /**
   * The newest first.
   *
   * @param invoiceId null for all
   * @param position with {@code id}: entries below this place
   */
  public List<EntryRow> entries(String invoiceId, long position, String id, int limit) {
    String ofInvoice = invoiceId == null ? "" : "e.invoiceId = :invoice and ";
    TypedQuery<EntryRow> query =
        entities
            .createQuery(
                "select e from EntryRow e where "
                    + ofInvoice
                    + "(e.position, e.id) < (:position, :id) order by e.position desc, e.id desc",
                EntryRow.class)
            .setParameter("position", position)
            .setParameter("id", id);
    if (invoiceId != null) {
      query.setParameter("invoice", invoiceId);
    }
    return query.setHint(HibernateHints.HINT_READ_ONLY, true).setMaxResults(limit).getResultList();
  }

  /** The postings of each of these entries, in their order. */
  public Map<String, List<PostingRow>> postings(List<EntryRow> entries) {
    return entities
        .createQuery(
            "select p from PostingRow p where p.key.entryId in :entries"
                + " order by p.key.entryId, p.key.lineNo",
            PostingRow.class)
        .setParameter("entries", entries.stream().map(EntryRow::id).toList())
        .setHint(HibernateHints.HINT_READ_ONLY, true)
        .getResultStream()
        .collect(Collectors.groupingBy(PostingRow::entryId));
  }
}
