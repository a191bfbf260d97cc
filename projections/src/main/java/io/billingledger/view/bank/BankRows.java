package io.billingledger.view.bank;

import io.billingledger.bank.BankEvent.CsvDescribed;
import io.billingledger.bank.BankEvent.StatementEvent;
import io.billingledger.bank.CsvMapping;
import io.billingledger.kernel.BankCsvMappingId;
import io.billingledger.view.StreamView;
import io.billingledger.view.ViewTables;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.hibernate.jpa.HibernateHints;

/** The rows of bank statements and their entries, for whoever sees every tenant. */
public class BankRows {
  private static final int MOST_OPEN = 2000;

  private final EntityManager entities;
  private final StreamView<StatementEvent, BankStatementRow> statements;
  private final StreamView<CsvDescribed, BankCsvRow> mappings;

  public BankRows(EntityManager entities) {
    this.entities = entities;
    this.statements =
        new StreamView<>(
            entities, StatementEvent.class, BankStatementRow.class, BankStatementRow::new);
    this.mappings =
        new StreamView<>(entities, CsvDescribed.class, BankCsvRow.class, BankCsvRow::new);
  }

  StreamView<StatementEvent, BankStatementRow> statements() {
    return statements;
  }

  StreamView<CsvDescribed, BankCsvRow> mappings() {
    return mappings;
  }

  void add(Object row) {
    entities.persist(row);
  }

  BankEntryRow entry(String id) {
    return Optional.ofNullable(entities.find(BankEntryRow.class, id)).orElseThrow();
  }

  /** At once, so that the same payment can be matched again in the same transaction. */
  void removeMatches(String entryId) {
    entities
        .createQuery("select m from BankMatchRow m where m.entryId = :entry", BankMatchRow.class)
        .setParameter("entry", entryId)
        .getResultList()
        .forEach(entities::remove);
    entities.flush();
  }

  void removeAll() {
    ViewTables.empty(
        entities,
        "view_bank_statement",
        "view_bank_entry",
        "view_bank_match",
        "view_bank_payment",
        "view_bank_csv");
  }

  /** As its history has it, also what the running unit of work has not committed. */
  public Optional<CsvMapping> mapping(String bank, EventStore history) {
    return mappings.current(CsvMapping.idOf(bank), history).map(BankCsvRow::mapping);
  }

  /** As its history has it, also what the running unit of work has not committed. */
  public BankCsvRow mapping(BankCsvMappingId id, EventStore history) {
    return mappings.current(id, history).orElseThrow();
  }

  /** Newest first. */
  public List<BankCsvRow> mappings(long position, String id, int limit) {
    return mappings.newestFirst(Map.of(), position, id, limit);
  }

  /**
   * Newest first.
   *
   * @param account null for any
   */
  public List<BankStatementRow> statements(String account, long position, String id, int limit) {
    Map<String, String> equal = new LinkedHashMap<>();
    equal.put("accountId", account);
    return statements.newestFirst(equal, position, id, limit);
  }

  /**
   * Newest first.
   *
   * @param standing null for any
   * @param account null for any
   * @param position with {@code lineNo}: rows below this place
   */
  public List<BankEntryRow> entries(
      BankEntryRow.Standing standing, String account, long position, String lineNo, int limit) {
    List<String> where = new ArrayList<>();
    if (standing != null) {
      where.add("e.standing = :standing and ");
    }
    if (account != null) {
      where.add("e.accountId = :account and ");
    }
    TypedQuery<BankEntryRow> query =
        entities
            .createQuery(
                "select e from BankEntryRow e where "
                    + String.join("", where)
                    + "(e.createdPosition, e.lineNo) < (:position, :line)"
                    + " order by e.createdPosition desc, e.lineNo desc",
                BankEntryRow.class)
            .setParameter("position", position)
            .setParameter("line", lineNo);
    if (standing != null) {
      query.setParameter("standing", standing);
    }
    if (account != null) {
      query.setParameter("account", account);
    }
    return query.setHint(HibernateHints.HINT_READ_ONLY, true).setMaxResults(limit).getResultList();
  }

  /**
   * What these receipts may pay: by number, by amount, and whatever else is open of the tenants
   * that are so found or named; at most two thousand, the oldest due first.
   *
   * @param numbers of invoices
   * @param amounts without their currency
   * @param payers in lower case
   */
  public List<OpenInvoiceRow> open(
      Set<String> currencies, Set<String> numbers, Set<BigDecimal> amounts, Set<String> payers) {
    return entities
        .createQuery(
            "select new io.billingledger.view.bank.OpenInvoiceRow(i.id, i.tenantId, t.name,"
                + " i.invoiceNumber, i.currencyCode, i.amountDue, i.issuedAt, i.dueAt)"
                + " from InvoiceRow i join TenantRow t on t.tenantId = i.tenantId"
                + " where i.closedAs is null and i.amountDue > 0 and i.currencyCode in :currencies"
                + " and (i.amountDue in :amounts or i.tenantId in"
                + " (select n.tenantId from InvoiceRow n where n.invoiceNumber in :numbers)"
                + " or lower(t.name) in :payers)"
                + " order by i.dueAt, i.id",
            OpenInvoiceRow.class)
        .setParameter("currencies", currencies)
        .setParameter("numbers", numbers)
        .setParameter("amounts", amounts)
        .setParameter("payers", payers)
        .setMaxResults(MOST_OPEN)
        .getResultList();
  }
}
