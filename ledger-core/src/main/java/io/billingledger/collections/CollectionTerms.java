package io.billingledger.collections;

import io.billingledger.catalog.DunningPolicy;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.time.ZoneId;

/** What the dunning of an invoice goes by, as frozen at its issue. */
public record CollectionTerms(
    InvoiceId invoiceId,
    TenantId tenantId,
    SubscriptionId subscriptionId,
    Instant issuedAt,
    Instant dueAt,
    ZoneId zone,
    DunningPolicy policy) {

  public static CollectionTerms of(InvoiceIssued invoice) {
    return new CollectionTerms(
        invoice.invoiceId(),
        invoice.tenantId(),
        invoice.subscriptionId(),
        invoice.issuedAt(),
        invoice.dueAt(),
        invoice.zone(),
        invoice.plan().terms().dunning());
  }
}
