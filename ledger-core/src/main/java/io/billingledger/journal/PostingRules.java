package io.billingledger.journal;

import io.billingledger.bank.BankEvent;
import io.billingledger.catalog.CatalogEvent;
import io.billingledger.collections.CollectionEvent;
import io.billingledger.credit.CreditEvent;
import io.billingledger.credit.CreditEvent.CreditDrawn;
import io.billingledger.credit.CreditEvent.CreditExpired;
import io.billingledger.credit.CreditEvent.CreditGiven;
import io.billingledger.credit.CreditEvent.CreditGranted;
import io.billingledger.credit.CreditEvent.CreditReturned;
import io.billingledger.credit.CreditEvent.CreditTakenBack;
import io.billingledger.invoice.CreditNote;
import io.billingledger.invoice.InvoiceEvent;
import io.billingledger.invoice.InvoiceEvent.CreditNoteIssued;
import io.billingledger.invoice.InvoiceEvent.CreditNoteReversed;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceEvent.InvoiceSettled;
import io.billingledger.invoice.InvoiceEvent.InvoiceVoided;
import io.billingledger.invoice.InvoiceEvent.InvoiceWrittenOff;
import io.billingledger.invoice.InvoiceEvent.PaymentRecorded;
import io.billingledger.invoice.InvoiceEvent.ProofApproved;
import io.billingledger.invoice.InvoiceEvent.ProofFirstApproved;
import io.billingledger.invoice.InvoiceEvent.ProofRejected;
import io.billingledger.invoice.InvoiceEvent.ProofSubmitted;
import io.billingledger.kernel.EntryId;
import io.billingledger.kernel.EventType;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.provisioning.ProvisioningEvent;
import io.billingledger.seller.SellerEvent;
import io.billingledger.subscription.SubscriptionEvent;
import io.billingledger.tax.TaxEvent;
import io.billingledger.tenant.TenantEvent;
import io.billingledger.usage.UsageEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * Which entry an event makes, version 1. A pure switch over every event: those that move no money
 * are declared so, and an event that is neither stops the line.
 */
public final class PostingRules {
  public static final String VERSION = "v1";

  private PostingRules() {}

  /** Empty where the event moves no money, or none of it is more than zero. */
  public static Optional<JournalEntry> post(LedgerEvent event, Cause cause) {
    return switch (event) {
      case InvoiceEvent e -> invoice(e, cause);
      case CatalogEvent _,
          TenantEvent _,
          SubscriptionEvent _,
          TaxEvent _,
          SellerEvent _,
          BankEvent _,
          CollectionEvent _,
          ProvisioningEvent _,
          UsageEvent _ ->
          Optional.empty();
      case CreditEvent e -> credit(e, cause);
      default ->
          throw new IllegalStateException("no posting rule knows " + event.getClass().getName());
    };
  }

  private static Optional<JournalEntry> invoice(InvoiceEvent event, Cause cause) {
    Lines lines = new Lines();
    switch (event) {
      case InvoiceIssued e ->
          lines
              .debit(Account.RECEIVABLE, e.total())
              .credit(Account.DEFERRED_REVENUE, e.subtotal().minus(e.discountTotal()))
              .credit(Account.TAX_PAYABLE, e.taxTotal())
              .debit(Account.CUSTOMER_CREDIT, e.creditApplied())
              .credit(Account.RECEIVABLE, e.creditApplied());
      case PaymentRecorded e ->
          lines
              .debit(Account.CASH, e.amount())
              .credit(Account.RECEIVABLE, e.applied())
              .credit(Account.BAD_DEBT, e.recovered())
              .credit(Account.CUSTOMER_CREDIT, e.excess());
      case InvoiceVoided e ->
          lines
              .debit(Account.DEFERRED_REVENUE, e.netTotal())
              .debit(Account.TAX_PAYABLE, e.taxTotal())
              .credit(Account.RECEIVABLE, e.openAmount())
              .credit(Account.CUSTOMER_CREDIT, e.creditReturned().plus(e.paymentsReleased()));
      case InvoiceWrittenOff e ->
          lines.debit(Account.BAD_DEBT, e.amount()).credit(Account.RECEIVABLE, e.amount());
      case InvoiceSettled _,
          ProofSubmitted _,
          ProofFirstApproved _,
          ProofApproved _,
          ProofRejected _ -> {}
      case CreditNoteIssued e -> note(lines, e.note(), Lines::debit);
      case CreditNoteReversed e -> note(lines, e.note(), Lines::credit);
    }
    return lines.entry(event, event.invoiceId(), cause);
  }

  /** What is earned no more, and no tax is owed on, less is due, or it was given back. */
  private static void note(Lines lines, CreditNote note, Side takingBack) {
    takingBack.post(lines, Account.DEFERRED_REVENUE, note.subtotal());
    takingBack.post(lines, Account.TAX_PAYABLE, note.taxTotal());
    takingBack.post(
        lines,
        switch (note.type()) {
          case ADJUSTMENT -> Account.RECEIVABLE;
          case REFUND -> Account.CASH;
          case BALANCE -> Account.CUSTOMER_CREDIT;
        },
        note.total().negated());
  }

  /** The payment, issue, void or note on the other side moves all other credit. */
  private static Optional<JournalEntry> credit(CreditEvent event, Cause cause) {
    Lines lines = new Lines();
    switch (event) {
      case CreditGiven e ->
          lines.debit(Account.DISCOUNTS, e.amount()).credit(Account.CUSTOMER_CREDIT, e.amount());
      case CreditExpired e ->
          lines.debit(Account.CUSTOMER_CREDIT, e.amount()).credit(Account.DISCOUNTS, e.amount());
      case CreditGranted _, CreditDrawn _, CreditReturned _, CreditTakenBack _ -> {}
    }
    return lines.entry(event, null, cause);
  }

  private interface Side {
    Lines post(Lines lines, Account account, Money amount);
  }

  private static final class Lines {
    private final List<Posting> postings = new ArrayList<>();

    Lines debit(Account account, Money amount) {
      if (!amount.isZero()) {
        postings.add(new Posting(account, amount));
      }
      return this;
    }

    Lines credit(Account account, Money amount) {
      return debit(account, amount.negated());
    }

    Optional<JournalEntry> entry(LedgerEvent event, InvoiceId invoice, Cause cause) {
      return postings.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new JournalEntry(
                  EntryId.derive(cause.eventId()),
                  cause.eventId(),
                  event.getClass().getAnnotation(EventType.class).name(),
                  cause.tenantId(),
                  invoice,
                  cause.at(),
                  VERSION,
                  postings));
    }
  }
}
