package io.billingledger.catalog;

import io.billingledger.kernel.CouponId;
import io.billingledger.kernel.EventType;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.PlanId;
import io.billingledger.kernel.ProductId;
import java.time.Instant;

/** What happened in the catalogue. */
public sealed interface CatalogEvent extends LedgerEvent {

  sealed interface ProductEvent extends CatalogEvent {
    ProductId productId();
  }

  sealed interface PlanEvent extends CatalogEvent {
    PlanId planId();
  }

  sealed interface CouponEvent extends CatalogEvent {
    CouponId couponId();
  }

  /**
   * @param primary answers for "current" and the flat quota where a tenant has several
   */
  @EventType(name = "product.created")
  record ProductCreated(
      ProductId productId,
      String code,
      String name,
      String description,
      boolean primary,
      Instant at)
      implements ProductEvent {}

  @EventType(name = "plan.published")
  record PlanPublished(
      PlanId planId,
      String code,
      String productCode,
      String name,
      String description,
      int displayOrder,
      PlanTerms terms,
      Instant at)
      implements PlanEvent {}

  @EventType(name = "plan.version-published")
  record PlanVersionPublished(PlanId planId, PlanTerms terms, Instant at) implements PlanEvent {}

  @EventType(name = "plan.retired")
  record PlanRetired(PlanId planId, Instant at) implements PlanEvent {}

  @EventType(name = "coupon.created")
  record CouponCreated(CouponId couponId, String code, CouponTerms terms, Instant at)
      implements CouponEvent {}

  @EventType(name = "coupon.retired")
  record CouponRetired(CouponId couponId, Instant at) implements CouponEvent {}
}
