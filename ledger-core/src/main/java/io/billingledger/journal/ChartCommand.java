package io.billingledger.journal;

import io.billingledger.kernel.ChartId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a chart of accounts. */
public sealed interface ChartCommand {

  /**
   * Gives an account a number and a name from now on; one of finance's own comes to be by it. What
   * held before stays true of the time before.
   */
  record NameAccount(
      @TargetAggregateIdentifier ChartId chartId,
      String legalEntityId,
      Account account,
      String detail,
      String number,
      String name,
      String by,
      Instant at)
      implements ChartCommand {}

  /**
   * Lets nothing more be posted to an account by hand, until it is named again. Its balance and its
   * history stay where they are.
   */
  record CloseAccount(
      @TargetAggregateIdentifier ChartId chartId,
      Account account,
      String detail,
      String by,
      Instant at)
      implements ChartCommand {}
}
