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
 * What happened to a tenant's credit. What is given by hand, and what of it expires, moves money in
 * the books; all else is moved by the payment, the issue, the void or the credit note on the other
 * side, in one balanced entry.
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

  /** Credit that nobody has paid for. */
  @EventType(name = "credit.given")
  record CreditGiven(
      CreditId creditId,
      TenantId tenantId,
      String key,
      Money amount,
      String reason,
      Instant expiresAt,
      Instant at)
      implements CreditEvent {}

  /** What of a grant had not been drawn when it expired. */
  @EventType(name = "credit.expired")
  record CreditExpired(
      CreditId creditId, TenantId tenantId, String key, Money amount, Instant expiredAt, Instant at)
      implements CreditEvent {}

  /** A grant was undone: the credit note that made it is reversed. */
  @EventType(name = "credit.taken-back")
  record CreditTakenBack(
      CreditId creditId, String key, InvoiceId invoiceId, Money amount, Instant at)
      implements CreditEvent {}
}
