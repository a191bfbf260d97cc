package io.billingledger.revenue;

import io.billingledger.revenue.RevenueCommand.RecogniseRevenue;
import io.billingledger.revenue.RevenueEvent.RevenueRecognised;
import java.time.YearMonth;
import java.util.List;

/**
 * How far a tenant's revenue is recognised.
 *
 * @param recognised the last month of which something was; null before the first
 */
public record RevenueState(YearMonth recognised) {
  public static final RevenueState NONE = new RevenueState(null);

  /** A month that was recognised, or one before it, is not recognised again. */
  public List<RevenueEvent> decide(RecogniseRevenue c) {
    boolean done = recognised != null && !c.month().isAfter(recognised);
    var earned = c.earned().stream().filter(each -> !each.amount().isZero()).toList();
    return done || earned.isEmpty()
        ? List.of()
        : List.of(
            new RevenueRecognised(
                c.revenueId(),
                c.tenantId(),
                c.legalEntityId(),
                c.month().atEndOfMonth(),
                c.date(),
                earned,
                c.at()));
  }

  public RevenueState evolve(RevenueEvent event) {
    return switch (event) {
      case RevenueRecognised e -> new RevenueState(YearMonth.from(e.monthEnd()));
    };
  }
}
