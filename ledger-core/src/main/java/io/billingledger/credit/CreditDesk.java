package io.billingledger.credit;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import org.joda.money.Money;

/**
 * The tenant's credit as an invoice uses it, in the invoice's own unit of work. Every operation is
 * idempotent under its key, so that a redelivery never doubles it.
 */
public interface CreditDesk {
  /** Draws what there is, at most {@code upTo}; the same invoice again draws nothing new. */
  Money draw(TenantId tenant, InvoiceId invoice, Money upTo, Instant at);

  /** Adds to the credit, once for each key. */
  void grant(TenantId tenant, String key, InvoiceId invoice, Money amount, Instant at);

  /** Returns what the invoice has drawn. */
  void giveBack(TenantId tenant, InvoiceId invoice, Instant at);

  /**
   * Takes back what was granted under a key.
   *
   * @throws io.billingledger.kernel.Rejected when a part of it is spent
   */
  void takeBack(TenantId tenant, String key, InvoiceId invoice, Money amount, Instant at);
}
