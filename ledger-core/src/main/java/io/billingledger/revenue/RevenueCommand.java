package io.billingledger.revenue;

import io.billingledger.kernel.RevenueId;
import io.billingledger.kernel.TenantId;
import io.billingledger.revenue.RevenueEvent.Earned;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a tenant's revenue. */
public sealed interface RevenueCommand {

  /**
   * A month is recognised once.
   *
   * @param earned by the month's end and not recognised yet
   * @param date accounting day: the month's last, or the first one that is open after it
   */
  record RecogniseRevenue(
      @TargetAggregateIdentifier RevenueId revenueId,
      TenantId tenantId,
      String legalEntityId,
      YearMonth month,
      List<Earned> earned,
      LocalDate date,
      Instant at)
      implements RevenueCommand {}
}
