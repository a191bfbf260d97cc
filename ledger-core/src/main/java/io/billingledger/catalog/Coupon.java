package io.billingledger.catalog;

import io.billingledger.catalog.CatalogCommand.CreateCoupon;
import io.billingledger.catalog.CatalogCommand.RetireCoupon;
import io.billingledger.catalog.CatalogEvent.CouponEvent;
import io.billingledger.catalog.CatalogRejection.CouponCodeTaken;
import io.billingledger.kernel.Claims;
import io.billingledger.kernel.CouponId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.StaleVersion;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/** Axon's shell around {@link CouponState}. */
public class Coupon {
  @AggregateIdentifier private CouponId id;
  private CouponState state = CouponState.NONE;

  public Coupon() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(CreateCoupon command, Claims claims) {
    String coupon = command.couponId().value();
    if (!claims.claim(Claims.Kind.COUPON_CODE, command.code(), coupon).equals(coupon)) {
      throw new Rejected(new CouponCodeTaken(command.code()));
    }
    state.decide(command).forEach(AggregateLifecycle::apply);
  }

  @CommandHandler
  public void handle(RetireCoupon command) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    state.decide(command).forEach(AggregateLifecycle::apply);
  }

  @EventSourcingHandler
  void on(CouponEvent event) {
    id = event.couponId();
    state = state.evolve(event);
  }
}
