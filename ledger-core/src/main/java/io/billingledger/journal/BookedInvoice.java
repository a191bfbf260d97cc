package io.billingledger.journal;

import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import java.time.LocalDate;

/**
 * What the books keep of an invoice, for the entries that follow its issue.
 *
 * @param issuedOn accounting day of its issue
 */
public record BookedInvoice(
    InvoiceId invoiceId,
    TenantId tenantId,
    String legalEntityId,
    String productCode,
    String number,
    LocalDate issuedOn) {

  public static BookedInvoice of(InvoiceIssued issued, LocalDate issuedOn) {
    return new BookedInvoice(
        issued.invoiceId(),
        issued.tenantId(),
        issued.legalEntityId(),
        issued.plan().productCode(),
        issued.invoiceNumber(),
        issuedOn);
  }
}
