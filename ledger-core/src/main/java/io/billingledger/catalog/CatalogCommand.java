package io.billingledger.catalog;

import io.billingledger.kernel.CouponId;
import io.billingledger.kernel.PlanId;
import io.billingledger.kernel.ProductId;
import java.time.Instant;
import java.time.LocalDate;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of the catalogue. */
public sealed interface CatalogCommand {

  record CreateProduct(
      @TargetAggregateIdentifier ProductId productId,
      String code,
      String name,
      String description,
      boolean primary,
      Instant at)
      implements CatalogCommand {}

  /** The terms carry the version number 1; the catalogue numbers later ones itself. */
  record PublishPlan(
      @TargetAggregateIdentifier PlanId planId,
      String code,
      String productCode,
      String name,
      String description,
      int displayOrder,
      PlanTerms terms,
      Instant at)
      implements CatalogCommand {}

  /**
   * @param today the platform's date; a version may not hold from an earlier one
   * @param expectedVersion sequence of the plan that the caller has read; null for any
   */
  record PublishPlanVersion(
      @TargetAggregateIdentifier PlanId planId,
      PlanTerms terms,
      LocalDate today,
      Long expectedVersion,
      Instant at)
      implements CatalogCommand {}

  record RetirePlan(@TargetAggregateIdentifier PlanId planId, Long expectedVersion, Instant at)
      implements CatalogCommand {}

  record CreateCoupon(
      @TargetAggregateIdentifier CouponId couponId, String code, CouponTerms terms, Instant at)
      implements CatalogCommand {}

  record RetireCoupon(
      @TargetAggregateIdentifier CouponId couponId, Long expectedVersion, Instant at)
      implements CatalogCommand {}
}
