package io.billingledger.view.invoice;

import io.billingledger.view.ViewTables;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.hibernate.jpa.HibernateHints;

/** The rows of credit notes; who may see which is PostgreSQL's row-level security. */
public class CreditNoteRows {
  private final EntityManager entities;

  public CreditNoteRows(EntityManager entities) {
    this.entities = entities;
  }

  void add(CreditNoteRow row) {
    entities.persist(row);
  }

  void removeAll() {
    ViewTables.empty(entities, "view_credit_note");
  }

  public Optional<CreditNoteRow> find(String id) {
    return Optional.ofNullable(entities.find(CreditNoteRow.class, id));
  }

  /**
   * The newest first.
   *
   * @param tenant null for any
   * @param invoice null for any
   * @param position with {@code id}: rows below this place
   */
  public List<CreditNoteRow> list(
      String tenant, String invoice, long position, String id, int limit) {
    return entities
        .createQuery(
            "select n from CreditNoteRow n where (:tenant is null or n.tenantId = :tenant)"
                + " and (:invoice is null or n.invoiceId = :invoice)"
                + " and (n.createdPosition, n.id) < (:position, :id)"
                + " order by n.createdPosition desc, n.id desc",
            CreditNoteRow.class)
        .setParameter("tenant", tenant)
        .setParameter("invoice", invoice)
        .setParameter("position", position)
        .setParameter("id", id)
        .setHint(HibernateHints.HINT_READ_ONLY, true)
        .setMaxResults(limit)
        .getResultList();
  }
}
