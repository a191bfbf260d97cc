package io.billingledger.tax;

import io.billingledger.kernel.TaxBookId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of the tax book. */
public sealed interface TaxCommand {

  /** Adding the same rule again changes nothing. */
  record AddTaxRule(@TargetAggregateIdentifier TaxBookId taxBookId, TaxRule rule, Instant at)
      implements TaxCommand {}
}
