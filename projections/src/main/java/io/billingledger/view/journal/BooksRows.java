package io.billingledger.view.journal;

import io.billingledger.invoice.InvoiceEvent;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.journal.Account;
import io.billingledger.journal.BookedInvoice;
import io.billingledger.journal.Books;
import io.billingledger.journal.ManualEntryEvent.EntryApproved;
import io.billingledger.kernel.EventType;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.tenant.TenantEvent.TenantRegistered;
import io.billingledger.view.Ahead;
import io.billingledger.view.ViewTables;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** What the posting rules ask, kept in rows beside the journal. */
public class BooksRows implements Books {
  private static final String MANUAL = EntryApproved.class.getAnnotation(EventType.class).name();

  private final EntityManager entities;
  private final LegalEntity legalEntity;
  private final Journal journal;

  public BooksRows(EntityManager entities, LegalEntity legalEntity, Journal journal) {
    this.entities = entities;
    this.journal = journal;
    this.legalEntity = legalEntity;
  }

  private record Owed(String detail, String currency, BigDecimal amount) {}

  void keep(TenantRegistered e) {
    entities.persist(new BookedTenantRow(e.tenantId().value(), e.legalEntityId()));
  }

  void keep(InvoiceIssued e) {
    LocalDate issuedOn = dateOf(e.legalEntityId(), e.issuedAt());
    entities.persist(new BookedInvoiceRow(BookedInvoice.of(e, issuedOn)));
  }

  void removeAll() {
    ViewTables.empty(entities, "view_journal_invoice", "view_journal_tenant");
  }

  @Override
  public BookedInvoice invoice(InvoiceId id) {
    Ahead.once(this, InvoiceEvent.class, ids -> Ahead.load(entities, BookedInvoiceRow.class, ids));
    return Optional.ofNullable(entities.find(BookedInvoiceRow.class, id.value()))
        .orElseThrow(() -> new IllegalStateException("the books have no invoice " + id))
        .booked();
  }

  @Override
  public Map<String, Money> taxes(InvoiceId id) {
    return owed(id, Account.TAX_PAYABLE);
  }

  @Override
  public Map<String, Money> deferred(InvoiceId id) {
    return owed(id, Account.DEFERRED_REVENUE);
  }

  /** That of the document: what a person books beside it is not the invoice's. */
  private Map<String, Money> owed(InvoiceId id, Account account) {
    Map<String, Money> byDetail = new TreeMap<>();
    journal.flush();
    entities
        .createQuery(
            "select p.detail, p.currency, -sum(p.amount) from PostingRow p, EntryRow e"
                + " where e.id = p.key.entryId and e.invoiceId = :invoice and p.account = :account"
                + " and e.causeType <> :manual"
                + " group by p.detail, p.currency",
            Owed.class)
        .setParameter("invoice", id.value())
        .setParameter("account", account)
        .setParameter("manual", MANUAL)
        .getResultStream()
        .forEach(
            owed ->
                byDetail.put(
                    owed.detail(), Money.of(CurrencyUnit.of(owed.currency()), owed.amount())));
    return byDetail;
  }

  @Override
  public String legalEntityOf(TenantId tenant) {
    return Optional.ofNullable(entities.find(BookedTenantRow.class, tenant.value()))
        .orElseThrow(() -> new IllegalStateException("the books have no tenant " + tenant))
        .legalEntityId();
  }

  /** There is one legal entity, and its zone is everybody's. */
  @Override
  public LocalDate dateOf(String legalEntityId, Instant at) {
    return LocalDate.ofInstant(at, legalEntity.zone());
  }
}
