package io.billingledger.seller;

import io.billingledger.kernel.EventType;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.SellerId;
import java.time.Instant;

/** What happened to a seller. */
public sealed interface SellerEvent extends LedgerEvent {
  SellerId sellerId();

  @EventType(name = "seller.described")
  record SellerDescribed(SellerId sellerId, String legalEntityId, SellerProfile profile, Instant at)
      implements SellerEvent {}
}
