package io.billingledger.view.quota;

import io.billingledger.catalog.CatalogEvent.PlanEvent;
import io.billingledger.catalog.CatalogEvent.PlanPublished;
import io.billingledger.catalog.CatalogEvent.PlanRetired;
import io.billingledger.catalog.CatalogEvent.PlanVersionPublished;
import io.billingledger.catalog.CatalogEvent.ProductEvent;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.subscription.SubscriptionEvent;
import io.billingledger.tenant.TenantEvent;
import io.billingledger.view.StreamView;
import io.billingledger.view.ViewGroups;
import io.billingledger.view.ViewTables;
import jakarta.persistence.EntityManager;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.TrackingToken;

/** Keeps the rows that say what a tenant may use. */
@ProcessingGroup(ViewGroups.VIEWS)
public class QuotaProjection {
  private final EntityManager rows;
  private final StreamView<TenantEvent, QuotaTenantRow> tenants;
  private final StreamView<SubscriptionEvent, QuotaSubscriptionRow> subscriptions;
  private final StreamView<ProductEvent, QuotaProductRow> products;
  private final StreamView<PlanEvent, QuotaPlanRow> plans;

  public QuotaProjection(EntityManager rows) {
    this.rows = rows;
    this.tenants =
        new StreamView<>(rows, TenantEvent.class, QuotaTenantRow.class, QuotaTenantRow::new);
    this.subscriptions =
        new StreamView<>(
            rows, SubscriptionEvent.class, QuotaSubscriptionRow.class, QuotaSubscriptionRow::new);
    this.products =
        new StreamView<>(rows, ProductEvent.class, QuotaProductRow.class, QuotaProductRow::new);
    this.plans = new StreamView<>(rows, PlanEvent.class, QuotaPlanRow.class, QuotaPlanRow::new);
  }

  @EventHandler
  public void on(TenantEvent event, @SequenceNumber long sequence, TrackingToken token) {
    tenants.follow(event.tenantId(), event, sequence, token);
  }

  @EventHandler
  public void on(SubscriptionEvent event, @SequenceNumber long sequence, TrackingToken token) {
    subscriptions.follow(event.subscriptionId(), event, sequence, token);
  }

  @EventHandler
  public void on(ProductEvent event, @SequenceNumber long sequence, TrackingToken token) {
    products.follow(event.productId(), event, sequence, token);
  }

  @EventHandler
  public void on(PlanEvent event, @SequenceNumber long sequence, TrackingToken token) {
    QuotaPlanRow plan = plans.follow(event.planId(), event, sequence, token);
    switch (event) {
      case PlanPublished e -> limits(plan, e.terms());
      case PlanVersionPublished e -> limits(plan, e.terms());
      case PlanRetired _ -> {
        // Its limits go on for those who have it.
      }
    }
  }

  /**
   * Counters stay. Until every row is back, an old cycle must not be taken for the present one: the
   * mark says up to where, and consumptions wait for it.
   */
  @ResetHandler
  public void reset() {
    ViewTables.empty(
        rows,
        "view_quota_limit",
        "view_quota_plan",
        "view_quota_product",
        "view_quota_subscription",
        "view_quota_tenant");
    rows.createNativeQuery(
            "UPDATE view_quota_rebuild"
                + " SET until_position = (SELECT max(global_index) FROM domain_event_entry)")
        .executeUpdate();
  }

  private void limits(QuotaPlanRow plan, PlanTerms terms) {
    for (int place = 0; place < terms.limits().size(); place++) {
      rows.persist(
          new QuotaLimitRow(plan.code(), terms.version(), place, terms.limits().get(place)));
    }
  }
}
