package io.billingledger.catalog;

import io.billingledger.catalog.CatalogCommand.CreateCoupon;
import io.billingledger.catalog.CatalogCommand.RetireCoupon;
import io.billingledger.catalog.CatalogEvent.CouponCreated;
import io.billingledger.catalog.CatalogEvent.CouponEvent;
import io.billingledger.catalog.CatalogEvent.CouponRetired;
import io.billingledger.catalog.CatalogRejection.CouponCodeUnknown;
import io.billingledger.kernel.Rejected;
import java.util.List;

/** A coupon as its history tells it. Who has redeemed it, the subscriptions know. */
public sealed interface CouponState {
  CouponState NONE = new None();

  record None() implements CouponState {}

  record Issued(IssuedCoupon coupon) implements CouponState {}

  default List<CouponEvent> decide(CreateCoupon c) {
    return switch (this) {
      case None _ -> List.of(new CouponCreated(c.couponId(), c.code(), c.terms(), c.at()));
      case Issued _ -> List.of();
    };
  }

  /** Those who have redeemed it keep it. */
  default List<CouponEvent> decide(RetireCoupon c) {
    return switch (this) {
      case None _ -> throw new Rejected(new CouponCodeUnknown(c.couponId().value()));
      case Issued(IssuedCoupon coupon) ->
          coupon.retired() ? List.of() : List.of(new CouponRetired(c.couponId(), c.at()));
    };
  }

  default CouponState evolve(CouponEvent event) {
    return switch (event) {
      case CouponCreated e ->
          new Issued(new IssuedCoupon(e.couponId(), e.code(), e.terms(), false));
      case CouponRetired _ -> {
        IssuedCoupon coupon = ((Issued) this).coupon();
        yield new Issued(new IssuedCoupon(coupon.couponId(), coupon.code(), coupon.terms(), true));
      }
    };
  }
}
