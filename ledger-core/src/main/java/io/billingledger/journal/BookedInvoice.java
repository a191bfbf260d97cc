package io.billingledger.journal;

import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceLine;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LineId;
import io.billingledger.kernel.TenantId;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the books keep of an invoice, for the entries that follow its issue.
 *
 * @param productCode of its first subscription
 * @param issuedOn accounting day of its issue
 * @param products of its lines, where several subscriptions stand on it; else empty
 */
public record BookedInvoice(
    InvoiceId invoiceId,
    TenantId tenantId,
    String legalEntityId,
    String productCode,
    String number,
    LocalDate issuedOn,
    Map<LineId, String> products) {

  public BookedInvoice {
    products = Map.copyOf(products);
  }

  public static BookedInvoice of(InvoiceIssued issued, LocalDate issuedOn) {
    return new BookedInvoice(
        issued.invoiceId(),
        issued.tenantId(),
        issued.legalEntityId(),
        issued.plan().productCode(),
        issued.invoiceNumber(),
        issuedOn,
        issued.consolidated() ? products(issued) : Map.of());
  }

  private static Map<LineId, String> products(InvoiceIssued issued) {
    return issued.lines().stream()
        .collect(
            Collectors.toMap(InvoiceLine::id, line -> issued.cycleOf(line).plan().productCode()));
  }

  /** Which product earns what a line charges. */
  String productOf(LineId line) {
    return products.getOrDefault(line, productCode);
  }
}
