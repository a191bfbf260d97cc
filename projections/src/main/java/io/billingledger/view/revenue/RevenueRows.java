package io.billingledger.view.revenue;

import io.billingledger.invoice.InvoiceEvent;
import io.billingledger.kernel.TenantId;
import io.billingledger.view.Ahead;
import io.billingledger.view.ViewTables;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.jpa.HibernateHints;

/** The parts of invoices' revenue. */
public class RevenueRows {
  private final EntityManager entities;

  public RevenueRows(EntityManager entities) {
    this.entities = entities;
  }

  /** What is there already stays: Axon may hand out an event again after a restart. */
  void add(RevenueRow row) {
    if (!isThere(row)) {
      entities.persist(row);
    }
  }

  /** Invoices that a batch issues are asked for together; as a rule none of them is there. */
  private boolean isThere(RevenueRow row) {
    Ahead.once(this, InvoiceEvent.class, this::lookFor);
    return !Ahead.isAbsent(this, row.invoiceId())
        && find(row.invoiceId(), row.lineKey()).isPresent();
  }

  private void lookFor(List<String> invoices) {
    Set<String> absent = new HashSet<>(invoices);
    absent.removeAll(
        entities
            .createNativeQuery(
                "SELECT DISTINCT invoice_id FROM view_revenue_line"
                    + " WHERE invoice_id = ANY (:invoices)",
                String.class)
            .setParameter("invoices", invoices.toArray(String[]::new))
            .setFlushMode(FlushModeType.COMMIT)
            .getResultList());
    Ahead.noteAbsent(this, absent);
  }

  void removeAll() {
    ViewTables.empty(entities, "view_revenue_line");
  }

  Optional<RevenueRow> find(String invoiceId, String lineKey) {
    return Optional.ofNullable(
        entities.find(RevenueRow.class, new RevenueRow.Key(invoiceId, lineKey)));
  }

  /** In the order in which they came into the books. */
  public List<RevenueRow> ofInvoice(String invoiceId) {
    return entities
        .createQuery(
            "select r from RevenueRow r where r.key.invoiceId = :invoice"
                + " order by r.bookedOn, r.key.lineKey",
            RevenueRow.class)
        .setParameter("invoice", invoiceId)
        .getResultList();
  }

  /** What was booked before the day and may have earned more before it than is recognised. */
  public List<RevenueRow> unfinished(TenantId tenant, LocalDate before) {
    return entities
        .createQuery(
            "select r from RevenueRow r where r.tenantId = :tenant and r.recognised <> r.amount"
                + " and r.fromDay < :before and r.bookedOn < :before"
                + " order by r.key.invoiceId, r.key.lineKey",
            RevenueRow.class)
        .setParameter("tenant", tenant.value())
        .setParameter("before", before)
        .setHint(HibernateHints.HINT_READ_ONLY, true)
        .getResultList();
  }

  /** The tenants that have such. */
  public List<TenantId> tenants(LocalDate before) {
    return entities
        .createQuery(
            "select distinct r.tenantId from RevenueRow r where r.recognised <> r.amount"
                + " and r.fromDay < :before and r.bookedOn < :before order by r.tenantId",
            String.class)
        .setParameter("before", before)
        .getResultStream()
        .map(TenantId::new)
        .toList();
  }

  /** The first day of which anything is in the books. */
  public Optional<LocalDate> first() {
    return Optional.ofNullable(
        entities
            .createQuery("select min(r.bookedOn) from RevenueRow r", LocalDate.class)
            .getSingleResult());
  }
}
