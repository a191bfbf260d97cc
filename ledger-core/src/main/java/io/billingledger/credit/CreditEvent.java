package io.billingledger.credit;

import io.billingledger.kernel.CreditId;
import io.billingledger.kernel.EventType;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import org.joda.money.Money;

/**
 * What happened to a tenant's credit. None of these moves money in the books by itself: the
 * payment, the issue or the void on the other side does, in one balanced entry.
 */
public sealed interface CreditEvent extends LedgerEvent {
  CreditId creditId();

  @EventType(name = "credit.granted")
  record CreditGranted(
      CreditId creditId,
      TenantId tenantId,
      String key,
      InvoiceId invoiceId,
      Money amount,
      Instant at)
      implements CreditEvent {}

  /** A part of a grant. */
  record Draw(String key, Money amount) {}

  /**
   * @param draws from which grants, the oldest first
   */
  @EventType(name = "credit.drawn")
  record CreditDrawn(
      CreditId creditId, InvoiceId invoiceId, Money amount, List<Draw> draws, Instant at)
      implements CreditEvent {
    public CreditDrawn {
      draws = List.copyOf(draws);
    }
  }

  @EventType(name = "credit.returned")
  record CreditReturned(CreditId creditId, InvoiceId invoiceId, Money amount, Instant at)
      implements CreditEvent {}
}
