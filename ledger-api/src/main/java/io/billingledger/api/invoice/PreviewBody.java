package io.billingledger.api.invoice;

import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceLine;
import io.billingledger.invoice.LineType;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.subscription.InvoiceReason;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.joda.money.Money;

/**
 * An invoice as it would be issued. It has no id and no number: nothing of it is kept. Usage is
 * what was reported so far.
 *
 * @param reason why it would be issued
 * @param issuedAt when it would be
 * @param amountCredited what it would draw from the tenant's credit as that is now
 * @param assumedPaid open invoices that were taken as paid on the way
 */
@Schema(name = "InvoicePreview")
record PreviewBody(
    TenantId tenantId,
    SubscriptionId subscriptionId,
    InvoiceReason reason,
    String planCode,
    int priceVersion,
    int quantity,
    LocalDate billingPeriodStart,
    LocalDate billingPeriodEnd,
    Instant issuedAt,
    Instant dueAt,
    List<Line> lineItems,
    List<InvoiceBody.Discount> discounts,
    List<InvoiceBody.Tax> taxes,
    Money subtotal,
    Money discountTotal,
    Money taxTotal,
    Money total,
    Money amountCredited,
    Money amountDue,
    String currencyCode,
    List<InvoiceId> assumedPaid) {

  /** As on an invoice, without an id. */
  @Schema(name = "PreviewLine")
  record Line(
      LineType type,
      String description,
      BigDecimal quantity,
      BigDecimal unitPrice,
      Money amount,
      Money grossAmount,
      String metricCode,
      int cycleNo,
      Money discount) {
    static Line of(InvoiceLine line) {
      return new Line(
          line.type(),
          line.description(),
          line.quantity(),
          line.unitPrice(),
          line.amount(),
          line.grossAmount(),
          line.metricCode(),
          line.cycleNo(),
          line.discount());
    }
  }

  static PreviewBody of(InvoicePreview.Found found) {
    InvoiceIssued issued = found.invoice();
    return new PreviewBody(
        issued.tenantId(),
        issued.subscriptionId(),
        issued.reason(),
        issued.plan().code(),
        issued.plan().terms().version(),
        issued.quantity(),
        issued.period().start(),
        issued.period().end(),
        issued.issuedAt(),
        issued.dueAt(),
        issued.lines().stream().map(Line::of).toList(),
        issued.discounts().stream().map(InvoiceBody.Discount::of).toList(),
        issued.taxes().stream().map(InvoiceBody.Tax::of).toList(),
        issued.subtotal(),
        issued.discountTotal(),
        issued.taxTotal(),
        issued.total(),
        issued.creditApplied(),
        issued.total().minus(issued.creditApplied()),
        issued.total().getCurrencyUnit().getCode(),
        found.assumedPaid());
  }
}
