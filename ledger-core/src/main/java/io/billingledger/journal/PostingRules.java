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
import io.billingledger.invoice.InvoiceEvent.CycleReleased;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceEvent.InvoiceSettled;
import io.billingledger.invoice.InvoiceEvent.InvoiceVoided;
import io.billingledger.invoice.InvoiceEvent.InvoiceWrittenOff;
import io.billingledger.invoice.InvoiceEvent.PaymentRecorded;
import io.billingledger.invoice.InvoiceEvent.ProofApproved;
import io.billingledger.invoice.InvoiceEvent.ProofFirstApproved;
import io.billingledger.invoice.InvoiceEvent.ProofRejected;
import io.billingledger.invoice.InvoiceEvent.ProofSubmitted;
import io.billingledger.invoice.PaymentMethod;
import io.billingledger.journal.ManualEntryEvent.EntryApproved;
import io.billingledger.journal.ManualEntryEvent.EntryProposed;
import io.billingledger.journal.ManualEntryEvent.EntryRejected;
import io.billingledger.kernel.EntryId;
import io.billingledger.kernel.EventType;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.provisioning.ProvisioningEvent;
import io.billingledger.reconciliation.BreakEvent;
import io.billingledger.revenue.RevenueEvent;
import io.billingledger.revenue.RevenueEvent.RevenueRecognised;
import io.billingledger.seller.SellerEvent;
import io.billingledger.subscription.SubscriptionEvent;
import io.billingledger.tax.TaxEvent;
import io.billingledger.tax.TaxLine;
import io.billingledger.tenant.TenantEvent;
import io.billingledger.usage.UsageEvent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.joda.money.Money;

/**
 * Which entry an event makes, version 1. A pure switch over every event: those that move no money
 * are declared so, and an event that is neither stops the line.
 */
public final class PostingRules {
  public static final String VERSION = "v1";

  /** Money goes back the way that needs no gateway. */
  private static final String REFUNDS = PaymentMethod.BANK_TRANSFER.name();

  private PostingRules() {}

  /** Empty where the event moves no money, or none of it is more than zero. */
  public static Optional<JournalEntry> post(LedgerEvent event, Cause cause, Books books) {
    return switch (event) {
      case InvoiceEvent e -> invoice(e, cause, books);
      case CatalogEvent _,
          TenantEvent _,
          SubscriptionEvent _,
          TaxEvent _,
          SellerEvent _,
          BankEvent _,
          CollectionEvent _,
          ProvisioningEvent _,
          UsageEvent _,
          CalendarEvent _,
          ChartEvent _,
          BreakEvent _ ->
          Optional.empty();
      case CreditEvent e -> credit(e, cause, books);
      case RevenueEvent e -> revenue(e, cause);
      case ManualEntryEvent e -> manual(e, cause);
      default ->
          throw new IllegalStateException("no posting rule knows " + event.getClass().getName());
    };
  }

  private static Optional<JournalEntry> invoice(InvoiceEvent event, Cause cause, Books books) {
    Lines lines = new Lines();
    switch (event) {
      case InvoiceIssued e -> {
        lines.debit(Account.RECEIVABLE, e.total());
        Map<String, Money> byProduct = new TreeMap<>();
        e.lines()
            .forEach(
                line ->
                    byProduct.merge(
                        e.cycleOf(line).plan().productCode(), line.netAmount(), Money::plus));
        byProduct.forEach((product, net) -> lines.credit(Account.DEFERRED_REVENUE, product, net));
        taxes(lines, byRule(e.taxes()), Lines::credit);
        lines
            .debit(Account.CUSTOMER_CREDIT, e.creditApplied())
            .credit(Account.RECEIVABLE, e.creditApplied());
        return lines.entry(event, e.invoiceId(), e.legalEntityId(), cause, books);
      }
      case PaymentRecorded e ->
          lines
              .debit(Account.CASH, e.method().name(), e.amount())
              .credit(Account.RECEIVABLE, e.applied())
              .credit(Account.BAD_DEBT, e.recovered())
              .credit(Account.CUSTOMER_CREDIT, e.excess());
      case InvoiceVoided e -> {
        books
            .deferred(e.invoiceId())
            .forEach((product, net) -> lines.debit(Account.DEFERRED_REVENUE, product, net));
        taxes(lines, books.taxes(e.invoiceId()), Lines::debit);
        lines
            .credit(Account.RECEIVABLE, e.openAmount())
            .credit(Account.CUSTOMER_CREDIT, e.creditReturned().plus(e.paymentsReleased()));
      }
      case InvoiceWrittenOff e ->
          lines.debit(Account.BAD_DEBT, e.amount()).credit(Account.RECEIVABLE, e.amount());
      case CreditNoteIssued e -> note(lines, e.note(), books.invoice(e.invoiceId()), Lines::debit);
      case CreditNoteReversed e ->
          note(lines, e.note(), books.invoice(e.invoiceId()), Lines::credit);
      case InvoiceSettled _,
          CycleReleased _,
          ProofSubmitted _,
          ProofFirstApproved _,
          ProofApproved _,
          ProofRejected _ -> {
        return Optional.empty();
      }
    }
    String legalEntity = books.invoice(event.invoiceId()).legalEntityId();
    return lines.entry(event, event.invoiceId(), legalEntity, cause, books);
  }

  /** What is earned no more, and no tax is owed on, less is due, or it was given back. */
  private static void note(Lines lines, CreditNote note, BookedInvoice invoice, Side takingBack) {
    Map<String, Money> byProduct = new TreeMap<>();
    note.lines()
        .forEach(
            line -> byProduct.merge(invoice.productOf(line.lineId()), line.amount(), Money::plus));
    byProduct.forEach(
        (product, net) -> takingBack.post(lines, Account.DEFERRED_REVENUE, product, net));
    taxes(lines, byRule(note.taxes()), takingBack);
    Money back = note.total().negated();
    switch (note.type()) {
      case ADJUSTMENT -> takingBack.post(lines, Account.RECEIVABLE, "", back);
      case REFUND -> takingBack.post(lines, Account.CASH, REFUNDS, back);
      case BALANCE -> takingBack.post(lines, Account.CUSTOMER_CREDIT, "", back);
    }
  }

  private static Map<String, Money> byRule(List<TaxLine> taxes) {
    Map<String, Money> sums = new TreeMap<>();
    taxes.forEach(tax -> sums.merge(tax.name(), tax.amount(), Money::plus));
    return sums;
  }

  private static void taxes(Lines lines, Map<String, Money> byRule, Side side) {
    byRule.forEach((rule, tax) -> side.post(lines, Account.TAX_PAYABLE, rule, tax));
  }

  /** The payment, issue, void or note on the other side moves all other credit. */
  private static Optional<JournalEntry> credit(CreditEvent event, Cause cause, Books books) {
    Lines lines = new Lines();
    switch (event) {
      case CreditGiven e ->
          lines.debit(Account.DISCOUNTS, e.amount()).credit(Account.CUSTOMER_CREDIT, e.amount());
      case CreditExpired e ->
          lines.debit(Account.CUSTOMER_CREDIT, e.amount()).credit(Account.DISCOUNTS, e.amount());
      case CreditGranted _, CreditDrawn _, CreditReturned _, CreditTakenBack _ -> {
        return Optional.empty();
      }
    }
    return lines.entry(event, null, books.legalEntityOf(cause.tenantId()), cause, books);
  }

  /** What is deferred is earned; of each product by itself. */
  private static Optional<JournalEntry> revenue(RevenueEvent event, Cause cause) {
    Lines lines = new Lines();
    switch (event) {
      case RevenueRecognised e -> {
        Map<String, Money> byProduct = new TreeMap<>();
        e.earned().forEach(part -> byProduct.merge(part.productCode(), part.amount(), Money::plus));
        byProduct.forEach(
            (product, amount) ->
                lines
                    .debit(Account.DEFERRED_REVENUE, product, amount)
                    .credit(Account.REVENUE, product, amount));
        return lines.entry(
            event,
            null,
            e.legalEntityId(),
            cause,
            e.date(),
            e.date().isAfter(e.monthEnd()) ? e.monthEnd() : null);
      }
    }
  }

  private static Optional<JournalEntry> manual(ManualEntryEvent event, Cause cause) {
    Lines lines = new Lines();
    return switch (event) {
      case EntryApproved e -> {
        e.lines().forEach(line -> lines.debit(line.account(), line.detail(), line.amount()));
        yield lines.entry(event, e.invoiceId(), e.legalEntityId(), cause, e.date(), e.corrects());
      }
      case EntryProposed _, EntryRejected _ -> Optional.empty();
    };
  }

  private interface Side {
    Lines post(Lines lines, Account account, String detail, Money amount);
  }

  private static final class Lines {
    private final List<Posting> postings = new ArrayList<>();

    Lines debit(Account account, Money amount) {
      return debit(account, "", amount);
    }

    Lines credit(Account account, Money amount) {
      return debit(account, "", amount.negated());
    }

    Lines debit(Account account, String detail, Money amount) {
      if (!amount.isZero()) {
        postings.add(new Posting(account, detail, amount));
      }
      return this;
    }

    Lines credit(Account account, String detail, Money amount) {
      return debit(account, detail, amount.negated());
    }

    Optional<JournalEntry> entry(
        LedgerEvent event, InvoiceId invoice, String legalEntityId, Cause cause, Books books) {
      return entry(
          event, invoice, legalEntityId, cause, books.dateOf(legalEntityId, cause.at()), null);
    }

    Optional<JournalEntry> entry(
        LedgerEvent event,
        InvoiceId invoice,
        String legalEntityId,
        Cause cause,
        LocalDate date,
        LocalDate corrects) {
      return postings.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new JournalEntry(
                  EntryId.derive(cause.eventId()),
                  cause.eventId(),
                  event.getClass().getAnnotation(EventType.class).name(),
                  legalEntityId,
                  cause.tenantId(),
                  invoice,
                  cause.at(),
                  date,
                  corrects,
                  VERSION,
                  postings));
    }
  }
}
