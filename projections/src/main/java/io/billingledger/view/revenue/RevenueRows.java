package io.billingledger.view.revenue;

import io.billingledger.kernel.TenantId;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hibernate.jpa.HibernateHints;

/** The parts of invoices' revenue. */
public class RevenueRows {
  private final EntityManager entities;

  public RevenueRows(EntityManager entities) {
    this.entities = entities;
  }

  /** What is there already stays: Axon may hand out an event again after a restart. */
  void add(RevenueRow row) {
    if (find(row.invoiceId(), row.lineKey()).isEmpty()) {
      entities.persist(row);
    }
  }

  void removeAll() {
    entities.createQuery("delete from RevenueRow").executeUpdate();
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
