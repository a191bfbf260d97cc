package io.billingledger.view.catalog;

import io.billingledger.catalog.CatalogEvent.CouponEvent;
import io.billingledger.catalog.CatalogEvent.PlanEvent;
import io.billingledger.catalog.CatalogEvent.ProductEvent;
import io.billingledger.view.StreamView;
import io.billingledger.view.ViewGroups;
import io.billingledger.view.ViewTables;
import jakarta.persistence.EntityManager;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.TrackingToken;

/** Keeps the catalogue's rows. */
@ProcessingGroup(ViewGroups.VIEWS)
public class CatalogProjection {
  private final EntityManager rows;
  private final StreamView<ProductEvent, ProductRow> products;
  private final StreamView<PlanEvent, PlanRow> plans;
  private final StreamView<CouponEvent, CouponRow> coupons;

  public CatalogProjection(EntityManager rows) {
    this.rows = rows;
    this.products = products(rows);
    this.plans = plans(rows);
    this.coupons = coupons(rows);
  }

  public static StreamView<ProductEvent, ProductRow> products(EntityManager rows) {
    return new StreamView<>(rows, ProductEvent.class, ProductRow.class, ProductRow::new);
  }

  public static StreamView<PlanEvent, PlanRow> plans(EntityManager rows) {
    return new StreamView<>(rows, PlanEvent.class, PlanRow.class, PlanRow::new);
  }

  public static StreamView<CouponEvent, CouponRow> coupons(EntityManager rows) {
    return new StreamView<>(rows, CouponEvent.class, CouponRow.class, CouponRow::new);
  }

  @EventHandler
  public void on(CouponEvent event, @SequenceNumber long sequence, TrackingToken token) {
    coupons.follow(event.couponId(), event, sequence, token);
  }

  @EventHandler
  public void on(ProductEvent event, @SequenceNumber long sequence, TrackingToken token) {
    products.follow(event.productId(), event, sequence, token);
  }

  @EventHandler
  public void on(PlanEvent event, @SequenceNumber long sequence, TrackingToken token) {
    plans.follow(event.planId(), event, sequence, token);
  }

  @ResetHandler
  public void reset() {
    ViewTables.empty(
        rows,
        "view_plan_limit",
        "view_plan_change_rule",
        "view_plan_version",
        "view_plan",
        "view_product",
        "view_coupon");
  }
}
