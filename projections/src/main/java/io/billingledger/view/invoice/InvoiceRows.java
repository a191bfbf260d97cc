package io.billingledger.view.invoice;

import io.billingledger.invoice.InvoiceEvent;
import io.billingledger.invoice.InvoiceStatus;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.view.StreamView;
import io.billingledger.view.ViewTables;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.hibernate.jpa.HibernateHints;

/** The rows of invoices; who may see which is PostgreSQL's row-level security. */
public class InvoiceRows {
  private final EntityManager entities;
  private final StreamView<InvoiceEvent, InvoiceRow> rows;

  public InvoiceRows(EntityManager entities) {
    this.entities = entities;
    this.rows = new StreamView<>(entities, InvoiceEvent.class, InvoiceRow.class, InvoiceRow::new);
  }

  /** Null is "any". */
  public record Filter(
      String tenantId, String subscriptionId, String invoiceNumber, InvoiceStatus status) {}

  StreamView<InvoiceEvent, InvoiceRow> rows() {
    return rows;
  }

  /** As the view has it. */
  public Optional<InvoiceRow> find(String id) {
    return Optional.ofNullable(entities.find(InvoiceRow.class, id));
  }

  /** As its whole history has it, also what the running unit of work has not committed. */
  public Optional<InvoiceRow> current(InvoiceId id, EventStore history) {
    return rows.current(id, history);
  }

  void removeAll() {
    ViewTables.empty(entities, "view_invoice");
  }

  /**
   * The newest first.
   *
   * @param now decides what is overdue
   * @param position with {@code id}: rows below this place
   */
  public List<InvoiceRow> list(Filter filter, Instant now, long position, String id, int limit) {
    List<String> conditions = new ArrayList<>();
    Map<String, Object> values = new LinkedHashMap<>();
    only(conditions, values, "tenantId", filter.tenantId());
    if (filter.subscriptionId() != null) {
      conditions.add(
          "(i.subscriptionId = :subscription"
              + " or i.cycles is not null and locate(:quoted, i.cycles) > 0)");
      values.put("subscription", filter.subscriptionId());
      values.put("quoted", '"' + filter.subscriptionId() + '"');
    }
    only(conditions, values, "invoiceNumber", filter.invoiceNumber());
    if (filter.status() != null) {
      only(conditions, values, filter.status(), now);
    }
    conditions.add("(i.createdPosition, i.id) < (:position, :id)");
    values.put("position", position);
    values.put("id", id);
    TypedQuery<InvoiceRow> query =
        entities.createQuery(
            "select i from InvoiceRow i where "
                + String.join(" and ", conditions)
                + " order by i.createdPosition desc, i.id desc",
            InvoiceRow.class);
    values.forEach(query::setParameter);
    return query.setHint(HibernateHints.HINT_READ_ONLY, true).setMaxResults(limit).getResultList();
  }

  private static void only(
      List<String> conditions, Map<String, Object> values, String field, String value) {
    if (value != null) {
      conditions.add("i.%s = :%s".formatted(field, field));
      values.put(field, value);
    }
  }

  private static void only(
      List<String> conditions, Map<String, Object> values, InvoiceStatus status, Instant now) {
    switch (status) {
      case VOID, WRITTEN_OFF, REFUNDED, PAID, DRAFT -> {
        conditions.add("i.closedAs = :status");
        values.put("status", status);
      }
      case OVERDUE -> {
        conditions.add("i.closedAs is null and i.dueAt <= :now");
        values.put("now", now);
      }
      case PARTIAL -> {
        conditions.add("i.closedAs is null and i.dueAt > :now and i.amountPaid > 0");
        values.put("now", now);
      }
      case PENDING -> {
        conditions.add("i.closedAs is null and i.dueAt > :now and i.amountPaid = 0");
        values.put("now", now);
      }
    }
  }
}
