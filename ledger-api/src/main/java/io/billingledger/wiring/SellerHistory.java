package io.billingledger.wiring;

import io.billingledger.kernel.SellerId;
import io.billingledger.seller.SellerEvent;
import io.billingledger.seller.SellerState;
import io.billingledger.seller.Sellers;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/** Sellers as their own history tells them. */
@Component
class SellerHistory implements Sellers {
  private final Histories<SellerState> sellers;

  SellerHistory(EventStore store) {
    this.sellers =
        new Histories<>(
            store, SellerState.NONE, (state, event) -> state.evolve((SellerEvent) event));
  }

  @Override
  public SellerState of(String legalEntityId) {
    return sellers.of(SellerId.of(legalEntityId).value()).orElse(SellerState.NONE);
  }
}
