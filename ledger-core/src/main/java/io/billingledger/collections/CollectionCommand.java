package io.billingledger.collections;

import io.billingledger.kernel.CollectionId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of an invoice's dunning. */
public sealed interface CollectionCommand {

  /**
   * Takes every step that is due at the instant, while the invoice is open, and answers with the
   * instant at which the next one is due (an {@code Optional<Instant>}). Deadlines and runs both
   * send it; sending it again changes nothing.
   *
   * @param proofPendingSince when the oldest undecided proof came in; null if none is undecided
   */
  record AdvanceCollection(
      @TargetAggregateIdentifier CollectionId collectionId,
      CollectionTerms terms,
      Instant proofPendingSince,
      Instant at)
      implements CollectionCommand {}
}
