package io.billingledger.seller;

import io.billingledger.kernel.SellerId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a seller. */
public sealed interface SellerCommand {

  /** What was said before stays true of documents issued before. */
  record DescribeSeller(
      @TargetAggregateIdentifier SellerId sellerId,
      String legalEntityId,
      SellerProfile profile,
      Long expectedVersion,
      Instant at)
      implements SellerCommand {}
}
