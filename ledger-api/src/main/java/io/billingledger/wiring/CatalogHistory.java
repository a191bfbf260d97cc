package io.billingledger.wiring;

import io.billingledger.catalog.CatalogEvent.CouponEvent;
import io.billingledger.catalog.CatalogEvent.PlanEvent;
import io.billingledger.catalog.CatalogEvent.ProductCreated;
import io.billingledger.catalog.CatalogRejection.PlanUnknown;
import io.billingledger.catalog.CouponBook;
import io.billingledger.catalog.CouponState;
import io.billingledger.catalog.IssuedCoupon;
import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PlanState;
import io.billingledger.catalog.PlanState.Published;
import io.billingledger.catalog.PriceBook;
import io.billingledger.catalog.Product;
import io.billingledger.catalog.Products;
import io.billingledger.kernel.Claims;
import io.billingledger.kernel.Rejected;
import java.time.LocalDate;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/** The catalogue as its history tells it. Which plan has a code, the claims know. */
@Component
class CatalogHistory implements PriceBook, Products, CouponBook {
  private final Claims claims;
  private final Histories<PlanState> plans;
  private final Histories<CouponState> coupons;
  private final EventStore store;
  private final Permanent<String, String> productCodes = new Permanent<>();

  CatalogHistory(EventStore store, Claims claims) {
    this.store = store;
    this.claims = claims;
    this.plans =
        new Histories<>(store, PlanState.NONE, (state, event) -> state.evolve((PlanEvent) event));
    this.coupons =
        new Histories<>(
            store, CouponState.NONE, (state, event) -> state.evolve((CouponEvent) event));
  }

  @Override
  public PlanSnapshot inForce(String planCode, LocalDate on) {
    return plan(planCode).inForce(on);
  }

  @Override
  public PlanSnapshot renewing(String planCode, int version, LocalDate on) {
    return plan(planCode).renewing(version, on);
  }

  @Override
  public PlanSnapshot version(String planCode, int version) {
    return plan(planCode).version(version);
  }

  @Override
  public Optional<IssuedCoupon> find(String couponCode) {
    return claims
        .holder(Claims.Kind.COUPON_CODE, couponCode)
        .flatMap(coupons::of)
        .map(CouponState.Issued.class::cast)
        .map(CouponState.Issued::coupon);
  }

  @Override
  public Optional<String> primaryCode() {
    return claims
        .holder(Claims.Kind.PRODUCT_CODE, Product.PRIMARY)
        .flatMap(product -> productCodes.get(product, () -> Optional.of(code(product))));
  }

  private String code(String product) {
    return ((ProductCreated) store.readEvents(product).next().getPayload()).code();
  }

  private Published plan(String planCode) {
    return Histories.onceInCommand(
            "plan-code/" + planCode, () -> claims.holder(Claims.Kind.PLAN_CODE, planCode))
        .flatMap(plans::of)
        .filter(Published.class::isInstance)
        .map(Published.class::cast)
        .orElseThrow(() -> new Rejected(new PlanUnknown(planCode)));
  }
}
