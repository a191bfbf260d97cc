package io.billingledger.invoice;

import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.kernel.Claims;
import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.tenant.LegalEntity;
import java.time.Instant;

/** What an invoice claims when it is issued: its cycle, and a number of the gapless series. */
public final class InvoiceClaims {
  private InvoiceClaims() {}

  /** One invoice for each cycle; those beside it are known by their own ids. */
  public static String cycle(IssueInvoice invoice) {
    return cycle(
        invoice.subscriptionId(), invoice.cycleNo(), invoice.reason(), invoice.invoiceId());
  }

  static String cycle(InvoiceState.StandingCycle cycle, InvoiceId invoice) {
    return cycle(cycle.subscriptionId(), cycle.cycleNo(), cycle.reason(), invoice);
  }

  private static String cycle(
      SubscriptionId subscription, int cycleNo, InvoiceReason reason, InvoiceId invoice) {
    String cycle = subscription + "/" + cycleNo;
    return switch (reason) {
      case FIRST, RENEWAL, REPLACEMENT -> cycle;
      case FINAL_USAGE, CHANGE, REBILL -> cycle + "/" + invoice;
    };
  }

  /** {@code {entity}-{year}}; the year is that of the issue in the legal entity's zone. */
  public static String series(LegalEntity entity, Instant issuedAt) {
    return entity.code() + "-" + issuedAt.atZone(entity.zone()).getYear();
  }

  /** {@code {entity}-{year}-{000001}}. */
  static String number(Claims claims, LegalEntity entity, InvoiceId holder, Instant issuedAt) {
    String series = series(entity, issuedAt);
    return "%s-%06d"
        .formatted(series, claims.next(Claims.Kind.INVOICE_NUMBER, series, holder.value()));
  }

  /** {@code {entity}-CN-{year}-{000001}}: credit notes have a series of their own. */
  static String noteNumber(
      Claims claims, LegalEntity entity, CreditNoteId holder, Instant issuedAt) {
    String series = entity.code() + "-CN-" + issuedAt.atZone(entity.zone()).getYear();
    return "%s-%06d"
        .formatted(series, claims.next(Claims.Kind.CREDIT_NOTE_NUMBER, series, holder.value()));
  }
}
