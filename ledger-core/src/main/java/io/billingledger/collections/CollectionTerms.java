package io.billingledger.collections;

import io.billingledger.catalog.DunningPolicy;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoicedCycle;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the dunning of an invoice goes by, as frozen at its issue.
 *
 * @param others further subscriptions that stand on it
 */
public record CollectionTerms(
    InvoiceId invoiceId,
    TenantId tenantId,
    SubscriptionId subscriptionId,
    Instant issuedAt,
    Instant dueAt,
    ZoneId zone,
    DunningPolicy policy,
    List<SubscriptionId> others) {

  public CollectionTerms {
    others = others == null ? List.of() : List.copyOf(others);
  }

  public List<SubscriptionId> subscriptions() {
    return Stream.concat(Stream.of(subscriptionId), others.stream()).toList();
  }

  public static CollectionTerms of(InvoiceIssued invoice) {
    return new CollectionTerms(
        invoice.invoiceId(),
        invoice.tenantId(),
        invoice.subscriptionId(),
        invoice.issuedAt(),
        invoice.dueAt(),
        invoice.zone(),
        invoice.plan().terms().dunning(),
        invoice.others().stream().map(InvoicedCycle::subscriptionId).toList());
  }
}
