package io.billingledger.revenue;

import io.billingledger.kernel.EventType;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.RevenueId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.joda.money.Money;

/** What happened to a tenant's revenue. */
public sealed interface RevenueEvent extends LedgerEvent {
  RevenueId revenueId();

  /**
   * What a part of an invoice has earned.
   *
   * @param key of the {@link RevenueLine}
   * @param amount negative where more had been recognised than stands
   */
  record Earned(InvoiceId invoiceId, String key, String productCode, Money amount) {}

  /**
   * @param monthEnd the month's last day
   * @param date accounting day; after the month's end where the month was closed already
   */
  @EventType(name = "revenue.recognised")
  record RevenueRecognised(
      RevenueId revenueId,
      TenantId tenantId,
      String legalEntityId,
      LocalDate monthEnd,
      LocalDate date,
      List<Earned> earned,
      Instant at)
      implements RevenueEvent {
    public RevenueRecognised {
      earned = List.copyOf(earned);
    }
  }
}
