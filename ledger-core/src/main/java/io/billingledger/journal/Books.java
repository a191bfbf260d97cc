package io.billingledger.journal;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.joda.money.Money;

/** What the posting rules ask about what was booked before. */
public interface Books {

  /**
   * @throws IllegalStateException when it was never issued
   */
  BookedInvoice invoice(InvoiceId id);

  /** By the rule's name: what is payable on the invoice, less what was taken back. */
  Map<String, Money> taxes(InvoiceId id);

  /**
   * By product: what is deferred of the invoice or was recognised of it, less what was taken back.
   */
  Map<String, Money> deferred(InvoiceId id);

  /**
   * Whose customer the tenant is.
   *
   * @throws IllegalStateException when it was never registered
   */
  String legalEntityOf(TenantId tenant);

  /** The accounting day, in the legal entity's zone. */
  LocalDate dateOf(String legalEntityId, Instant at);
}
