package io.billingledger.view.journal;

import io.billingledger.journal.Account;
import io.billingledger.journal.JournalEntry;
import io.billingledger.journal.MonthBooks;
import io.billingledger.journal.MonthBooks.Movement;
import io.billingledger.journal.PeriodDigest;
import io.billingledger.journal.Posting;
import io.billingledger.kernel.EntryId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import jakarta.persistence.EntityManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Reads entries as they were posted, however many, one after the other. */
public class JournalReader {
  private static final int FETCHED = 1000;

  private static final String ENTRIES =
      """
      SELECT e.entry_id, e.cause_event_id, e.cause_type, e.legal_entity_id, e.tenant_id,
        e.invoice_id, e.posted_at, e.accounting_date, e.corrects, e.rules,
        p.account, p.detail, p.currency_code, p.amount
      FROM view_journal_entry e JOIN view_journal_posting p ON p.entry_id = e.entry_id
      WHERE e.legal_entity_id = ? AND e.accounting_date >= ? AND e.accounting_date < ?
      ORDER BY %s e.entry_id COLLATE "C", p.line_no""";

  private final EntityManager entities;

  public JournalReader(EntityManager entities) {
    this.entities = entities;
  }

  /** In what order entries are read. */
  public enum Order {
    BY_ID(""),
    BY_DAY("e.accounting_date, e.position,");

    private final String first;

    Order(String first) {
      this.first = first;
    }
  }

  /**
   * Within a transaction.
   *
   * @param from the first accounting day
   * @param to the day after the last
   */
  public void entries(
      String legalEntityId,
      LocalDate from,
      LocalDate to,
      Order order,
      Consumer<JournalEntry> reader) {
    entities
        .unwrap(Session.class)
        .doWork(
            database -> {
              try (PreparedStatement select =
                  database.prepareStatement(ENTRIES.formatted(order.first))) {
                select.setFetchSize(FETCHED);
                select.setString(1, legalEntityId);
                select.setObject(2, from);
                select.setObject(3, to);
                try (ResultSet rows = select.executeQuery()) {
                  read(rows, reader);
                }
              }
            });
  }

  /** The books of a month: their digest, and what moved on each account. */
  public MonthBooks month(String legalEntityId, YearMonth month) {
    PeriodDigest digest = new PeriodDigest();
    Map<String, Movement> movements = new TreeMap<>();
    entries(
        legalEntityId,
        month.atDay(1),
        month.plusMonths(1).atDay(1),
        Order.BY_ID,
        entry -> {
          digest.add(entry);
          entry.postings().forEach(posting -> add(movements, posting));
        });
    int entries = digest.entries();
    return new MonthBooks(digest.hex(), entries, List.copyOf(movements.values()));
  }

  private static void add(Map<String, Movement> movements, Posting posting) {
    Money zero = Money.zero(posting.amount().getCurrencyUnit());
    boolean debit = posting.amount().isPositive();
    movements.merge(
        posting.account().number()
            + posting.account()
            + "/"
            + posting.detail()
            + "/"
            + zero.getCurrencyUnit(),
        new Movement(
            posting.account(),
            posting.detail(),
            debit ? posting.amount() : zero,
            debit ? zero : posting.amount().negated()),
        (a, b) ->
            new Movement(
                a.account(), a.detail(), a.debit().plus(b.debit()), a.credit().plus(b.credit())));
  }

  private static void read(ResultSet rows, Consumer<JournalEntry> reader) throws SQLException {
    JournalEntry head = null;
    List<Posting> postings = new ArrayList<>();
    while (rows.next()) {
      if (head == null || !head.id().value().equals(rows.getString(1))) {
        give(head, postings, reader);
        head = head(rows);
        postings = new ArrayList<>();
      }
      postings.add(posting(rows));
    }
    give(head, postings, reader);
  }

  private static void give(
      JournalEntry head, List<Posting> postings, Consumer<JournalEntry> reader) {
    if (head != null) {
      reader.accept(
          new JournalEntry(
              head.id(),
              head.causeEventId(),
              head.causeType(),
              head.legalEntityId(),
              head.tenantId(),
              head.invoiceId(),
              head.at(),
              head.date(),
              head.corrects(),
              head.rules(),
              postings));
    }
  }

  /** With two postings that are not its own: an entry has some. */
  private static JournalEntry head(ResultSet row) throws SQLException {
    Posting posting = posting(row);
    String tenant = row.getString(5);
    String invoice = row.getString(6);
    return new JournalEntry(
        new EntryId(row.getString(1)),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        tenant == null ? null : new TenantId(tenant),
        invoice == null ? null : new InvoiceId(invoice),
        row.getObject(7, OffsetDateTime.class).toInstant(),
        row.getObject(8, LocalDate.class),
        row.getObject(9, LocalDate.class),
        row.getString(10),
        List.of(
            posting, new Posting(posting.account(), posting.detail(), posting.amount().negated())));
  }

  private static Posting posting(ResultSet row) throws SQLException {
    return new Posting(
        Account.valueOf(row.getString(11)),
        row.getString(12),
        Money.of(CurrencyUnit.of(row.getString(13)), row.getBigDecimal(14)));
  }
}
