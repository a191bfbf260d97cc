package io.billingledger.api.subscription;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.tenant.Subscriptions;
import io.billingledger.catalog.Products;
import io.billingledger.kernel.Claims;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.subscription.InvoiceFacts;
import io.billingledger.subscription.InvoiceProgress;
import io.billingledger.subscription.SubscriptionEvent;
import io.billingledger.subscription.SubscriptionRejection.SubscriptionUnknown;
import io.billingledger.view.StreamView;
import io.billingledger.view.subscription.CycleRow;
import io.billingledger.view.subscription.SubscriptionProjection;
import io.billingledger.view.subscription.SubscriptionRow;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Finds subscriptions, and makes what is answered about them from their rows. */
@Component
class SubscriptionAnswers {
  private final EventStore history;
  private final Claims claims;
  private final Products products;
  private final Subscriptions subscriptions;
  private final EntityManager entities;
  private final InvoiceFacts invoices;
  private final Trials trials;
  private final StreamView<SubscriptionEvent, SubscriptionRow> rows;

  SubscriptionAnswers(
      EventStore history,
      Claims claims,
      Products products,
      Subscriptions subscriptions,
      EntityManager entities,
      InvoiceFacts invoices,
      Trials trials) {
    this.history = history;
    this.claims = claims;
    this.products = products;
    this.subscriptions = subscriptions;
    this.entities = entities;
    this.invoices = invoices;
    this.trials = trials;
    this.rows = SubscriptionProjection.subscriptions(entities);
  }

  /** As all events so far make it, those of the command at hand included. */
  SubscriptionRow row(SubscriptionId id) {
    return rows.current(id, history).orElseThrow(() -> new Rejected(new SubscriptionUnknown(id)));
  }

  /** How far the coming cycle's invoice is; null while there is none. */
  InvoiceProgress progress(SubscriptionRow row) {
    return row.nextInvoiceId() == null
        ? null
        : invoices.progressOf(new InvoiceId(row.nextInvoiceId()));
  }

  SubscriptionResource current(SubscriptionId id) {
    return answer(row(id));
  }

  SubscriptionResource read(SubscriptionId id) {
    return answer(rows.find(id).orElseThrow(() -> new Rejected(new SubscriptionUnknown(id))));
  }

  /** The one that speaks for the tenant. */
  SubscriptionResource read(TenantId tenant, String productCode) {
    return answer(speaking(tenant, productCode));
  }

  /**
   * The subscription that a tenant's command is about: the one that the claim names, which is never
   * late, or else what the view knows.
   *
   * @param productCode null for the primary one, or whatever the tenant has if it has no such
   */
  SubscriptionId target(TenantId tenant, String productCode) {
    Stream<String> codes =
        productCode == null
            ? Stream.concat(products.primaryCode().stream(), allProducts())
            : Stream.of(productCode);
    return codes
        .flatMap(
            code -> claims.holder(Claims.Kind.RUNNING_SUBSCRIPTION, tenant + "/" + code).stream())
        .findFirst()
        .map(SubscriptionId::new)
        .orElseGet(() -> new SubscriptionId(speaking(tenant, productCode).subscriptionId()));
  }

  Page<SubscriptionResource> list(Map<String, ?> equal, Paging paging) {
    Cursor from = paging.newestFirst();
    Page<SubscriptionRow> page =
        paging.page(
            rows.newestFirst(equal, from.position(), from.id(), paging.fetch()),
            row -> new Cursor(row.createdPosition(), row.subscriptionId()));
    List<String> tenants = page.data().stream().map(SubscriptionRow::tenantId).toList();
    var provisioning = subscriptions.provisioning(tenants);
    return page.map(row -> SubscriptionResource.of(row, provisioning.get(row.tenantId()), null));
  }

  Page<CycleResource> cycles(SubscriptionId id, Paging paging) {
    read(id);
    return paging
        .page(
            entities
                .createQuery(
                    "select c from CycleRow c where c.subscriptionId = :id and c.cycleNo > :after"
                        + " order by c.cycleNo",
                    CycleRow.class)
                .setParameter("id", id.value())
                .setParameter(
                    "after", (int) Math.min(paging.oldestFirst().position(), Integer.MAX_VALUE))
                .setMaxResults(paging.fetch())
                .getResultList(),
            row -> new Cursor(row.cycleNo(), row.subscriptionId()))
        .map(CycleResource::of);
  }

  /** Of a trial that runs, number 0. */
  CycleResource currentCycle(SubscriptionResource subscription) {
    return entities
        .createQuery(
            "select c from CycleRow c where c.subscriptionId = :id and c.cycleNo = :number",
            CycleRow.class)
        .setParameter("id", subscription.id())
        .setParameter("number", subscription.cycleNo())
        .getResultStream()
        .findFirst()
        .map(CycleResource::of)
        .orElseThrow(
            () ->
                new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "subscription.no-period",
                    "No period of the subscription %s has begun.".formatted(subscription.id())));
  }

  /** Asked for only when the primary one does not answer. */
  private Stream<String> allProducts() {
    return Stream.of("select p.code from ProductRow p order by p.createdPosition desc")
        .flatMap(query -> entities.createQuery(query, String.class).getResultStream());
  }

  private SubscriptionRow speaking(TenantId tenant, String productCode) {
    return subscriptions
        .speaking(tenant.value(), productCode)
        .orElseThrow(
            () ->
                new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "subscription.none",
                    productCode == null
                        ? "There is no subscription."
                        : "There is no subscription to %s.".formatted(productCode)));
  }

  private SubscriptionResource answer(SubscriptionRow row) {
    return SubscriptionResource.of(row, subscriptions.provisioning(row.tenantId()), trials.of(row));
  }
}
