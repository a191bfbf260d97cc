package io.billingledger.view.bank;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * Why a bank account's balance is not that of the books' cash in its currency. Everything that is
 * on one side only is an item, so that bank − books = the sum of the items.
 */
public class CashReconciliation {
  private static final String ITEMS =
      """
      WITH statement AS (
        SELECT *, row_number() OVER sorted AS place, lag(closing) OVER sorted AS closed_before
        FROM view_bank_statement WHERE account_id = :account AND to_day <= :day
        WINDOW sorted AS (ORDER BY to_day, from_day, created_position)),
      cash AS (
        SELECT e.cause_event_id, p.entry_id, p.amount, e.posted_at, e.invoice_id, e.cause_type
        FROM view_journal_posting p JOIN view_journal_entry e ON e.entry_id = p.entry_id
        WHERE p.account = 'CASH' AND p.currency_code = :currency AND p.posted_at < :until),
      paid AS (
        SELECT c.*, b.payment_id, m.entry_id AS bank_entry_id
        FROM cash c
        LEFT JOIN view_bank_payment b ON b.event_id = c.cause_event_id
        LEFT JOIN view_bank_match m ON m.payment_id = b.payment_id),
      movement AS (
        SELECT e.entry_id, e.statement_id, e.booked_on, e.standing, e.amount, e.matched,
          coalesce((SELECT sum(p.amount) FROM paid p WHERE p.bank_entry_id = e.entry_id), 0) AS posted
        FROM view_bank_entry e JOIN statement s ON s.statement_id = e.statement_id)
      SELECT 'OPENING_BALANCE' AS kind, statement_id AS of_bank, NULL AS invoice_id,
        NULL AS of_books, from_day AS day, opening AS amount
        FROM statement WHERE place = 1 AND opening <> 0
      UNION ALL
      SELECT 'MISSING_STATEMENT', statement_id, NULL, NULL, from_day, opening - closed_before
        FROM statement WHERE opening <> closed_before
      UNION ALL
      SELECT 'IGNORED_ENTRY', entry_id, NULL, NULL, booked_on, amount
        FROM movement WHERE standing = 'IGNORED'
      UNION ALL
      SELECT 'UNMATCHED_ENTRY', entry_id, NULL, NULL, booked_on, amount - matched
        FROM movement WHERE standing <> 'IGNORED' AND amount <> matched
      UNION ALL
      SELECT 'MATCHED_LATER', entry_id, NULL, NULL, booked_on, matched - posted
        FROM movement WHERE matched <> posted
      UNION ALL
      SELECT CASE
          WHEN payment_id IS NULL THEN 'BOOKED_WITHOUT_BANK'
          WHEN bank_entry_id IS NULL THEN 'PAYMENT_WITHOUT_ENTRY'
          ELSE 'ON_ANOTHER_STATEMENT' END,
        bank_entry_id, invoice_id, coalesce(payment_id, entry_id),
        (posted_at AT TIME ZONE :zone)::date, -amount
        FROM paid p WHERE NOT EXISTS (SELECT FROM movement m WHERE m.entry_id = p.bank_entry_id)
      ORDER BY 1, 5, 2, 4
      """;

  private final EntityManager entities;

  public CashReconciliation(EntityManager entities) {
    this.entities = entities;
  }

  /** On which side something is that is not on the other. */
  public enum Kind {
    /** What was on the account before the first imported statement. */
    OPENING_BALANCE,
    /** A statement does not begin where the one before ended. */
    MISSING_STATEMENT,
    /** Said to have nothing to do with invoices. */
    IGNORED_ENTRY,
    /** Waits for somebody. */
    UNMATCHED_ENTRY,
    /** Matched, and paid in the books after the day. */
    MATCHED_LATER,
    /** Recorded, and no entry says that it came. */
    PAYMENT_WITHOUT_ENTRY,
    /** Recorded, and its entry is on another account or a later statement. */
    ON_ANOTHER_STATEMENT,
    /** Cash that moved in the books without a payment, such as a refund. */
    BOOKED_WITHOUT_BANK
  }

  /**
   * @param bankId of the statement or entry; null where only the books have it
   * @param booksId of the payment or the journal's entry; null where only the bank has it
   * @param invoiceId null where no invoice is concerned
   * @param amount positive where the bank has more
   */
  public record Item(
      Kind kind, String bankId, String booksId, String invoiceId, LocalDate day, Money amount) {}

  /** The last statement until a day, that day included; by when the account was read. */
  public Optional<BankStatementRow> last(String account, LocalDate day) {
    return entities
        .createQuery(
            "select s from BankStatementRow s where s.accountId = :account and s.toDay <= :day"
                + " order by s.toDay desc, s.fromDay desc, s.createdPosition desc",
            BankStatementRow.class)
        .setParameter("account", account)
        .setParameter("day", day)
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** Cash in the books before an instant. */
  public Money cash(CurrencyUnit currency, Instant until) {
    Object sum =
        entities
            .createNativeQuery(
                "SELECT coalesce(sum(amount), 0) FROM view_journal_posting WHERE account = 'CASH'"
                    + " AND currency_code = :currency AND posted_at < :until")
            .setParameter("currency", currency.getCode())
            .setParameter("until", until)
            .getSingleResult();
    return Money.of(currency, (BigDecimal) sum);
  }

  /**
   * @param day the last day of the bank's
   * @param until the instant when it ends
   * @param zone in which a payment has its day
   */
  public List<Item> items(
      String account, CurrencyUnit currency, LocalDate day, Instant until, String zone) {
    List<?> rows =
        entities
            .createNativeQuery(ITEMS, Tuple.class)
            .setParameter("account", account)
            .setParameter("currency", currency.getCode())
            .setParameter("day", day)
            .setParameter("until", until)
            .setParameter("zone", zone)
            .getResultList();
    return rows.stream().map(row -> item((Tuple) row, currency)).toList();
  }

  private static Item item(Tuple row, CurrencyUnit currency) {
    return new Item(
        Kind.valueOf(row.get("kind", String.class)),
        row.get("of_bank", String.class),
        row.get("of_books", String.class),
        row.get("invoice_id", String.class),
        day(row.get("day")),
        Money.of(currency, row.get("amount", BigDecimal.class)));
  }

  private static LocalDate day(Object value) {
    return value instanceof java.sql.Date date ? date.toLocalDate() : (LocalDate) value;
  }
}
