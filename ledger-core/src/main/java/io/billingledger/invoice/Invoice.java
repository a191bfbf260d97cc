package io.billingledger.invoice;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PriceBook;
import io.billingledger.credit.CreditDesk;
import io.billingledger.invoice.InvoiceCommand.ApproveProof;
import io.billingledger.invoice.InvoiceCommand.CreditUnused;
import io.billingledger.invoice.InvoiceCommand.CreditUsage;
import io.billingledger.invoice.InvoiceCommand.IssueCreditNote;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceCommand.RecordPayment;
import io.billingledger.invoice.InvoiceCommand.RejectProof;
import io.billingledger.invoice.InvoiceCommand.ReverseCreditNote;
import io.billingledger.invoice.InvoiceCommand.SubmitProof;
import io.billingledger.invoice.InvoiceCommand.VoidInvoice;
import io.billingledger.invoice.InvoiceCommand.WithdrawInvoice;
import io.billingledger.invoice.InvoiceCommand.WriteOffInvoice;
import io.billingledger.invoice.InvoiceEvent.CreditNoteIssued;
import io.billingledger.invoice.InvoiceEvent.CreditNoteReversed;
import io.billingledger.invoice.InvoiceEvent.InvoiceVoided;
import io.billingledger.invoice.InvoiceEvent.PaymentRecorded;
import io.billingledger.invoice.InvoiceRejection.CycleInvoiced;
import io.billingledger.invoice.InvoiceState.Issued;
import io.billingledger.kernel.Applied;
import io.billingledger.kernel.Claims;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.StaleVersion;
import io.billingledger.rating.UsageSpan;
import io.billingledger.rating.UsedQuantities;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.tax.TaxRule;
import io.billingledger.tax.TaxRules;
import io.billingledger.tenant.BillingProfile;
import io.billingledger.tenant.BillingProfiles;
import io.billingledger.time.LocalDays;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.joda.money.Money;

/** Axon's shell around {@link InvoiceState}. */
public class Invoice {
  private static final String UNNUMBERED = "";

  @AggregateIdentifier private InvoiceId id;
  private InvoiceState state = InvoiceState.NONE;

  public Invoice() {}

  /** One invoice for each cycle, and numbers without a gap, both by claim. */
  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(
      IssueInvoice command,
      PriceBook prices,
      BillingProfiles profiles,
      TaxRules taxes,
      CreditDesk credits,
      UsedQuantities quantities,
      Claims claims) {
    if (state instanceof Issued) {
      return;
    }
    String holder =
        claims.claim(
            Claims.Kind.INVOICE_CYCLE, InvoiceClaims.cycle(command), command.invoiceId().value());
    if (!holder.equals(command.invoiceId().value())) {
      throw new Rejected(new CycleInvoiced(command.subscriptionId(), command.cycleNo(), holder));
    }
    BillingProfile tenant = profiles.of(command.tenantId());
    PlanSnapshot plan = prices.version(command.planCode(), command.planVersion());
    LocalDate issuedOn = LocalDays.dateOf(command.at(), tenant.zone());
    List<TaxRule> rules = taxes.known().rulesFor(tenant.country(), issuedOn);
    List<BilledUsage> usage =
        command.usage().stream()
            .map(used -> closed(command, used, prices, tenant.zone(), quantities))
            .toList();
    CycleCharges wanted = CycleCharges.of(command, plan, usage, InvoiceState.ENGINE, tenant.zone());
    Charges charges =
        Charges.of(
            command.invoiceId(),
            command.subscriptionId(),
            wanted.charges(),
            Stream.concat(wanted.discounts().stream(), command.coupons().stream().map(Discount::of))
                .toList(),
            rules);
    Money credit =
        credits.draw(command.tenantId(), command.invoiceId(), charges.total(), command.at());
    String number =
        InvoiceClaims.number(claims, tenant.legalEntity(), command.invoiceId(), command.at());
    Applied.to(
        command.tenantId(), InvoiceState.decide(command, plan, tenant, charges, number, credit));
  }

  /** Cut off now; an invoice in the place of another one bills what that one did. */
  private static BilledUsage closed(
      IssueInvoice command,
      UsedPeriod used,
      PriceBook prices,
      ZoneId zone,
      UsedQuantities quantities) {
    PlanSnapshot plan = prices.version(used.planCode(), used.planVersion());
    UsageSpan span =
        BilledUsage.span(command.tenantId(), command.subscriptionId(), used, plan, zone);
    return new BilledUsage(
        used,
        plan,
        used.again() == null
            ? quantities.close(span, used.planCode(), used.planVersion(), command.at())
            : quantities.again(span, used.again().round()));
  }

  @CommandHandler
  public void handle(RecordPayment command, CreditDesk credits) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    apply(state.decide(command), credits);
  }

  /** The first invoice that a file is handed in for holds it; a later one is flagged. */
  @CommandHandler
  public void handle(SubmitProof command, CreditDesk credits, Claims claims) {
    String self = command.invoiceId().value();
    String first = claims.claim(Claims.Kind.PROOF_FILE, command.fileSha256(), self);
    apply(state.decide(command, first.equals(self) ? null : new InvoiceId(first)), credits);
  }

  @CommandHandler
  public void handle(ApproveProof command, CreditDesk credits) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    apply(state.decide(command), credits);
  }

  @CommandHandler
  public void handle(RejectProof command, CreditDesk credits) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    apply(state.decide(command), credits);
  }

  @CommandHandler
  public void handle(VoidInvoice command, CreditDesk credits, Claims claims) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    apply(state.decide(command), credits);
    releaseCycle(claims);
  }

  @CommandHandler
  public void handle(WithdrawInvoice command, CreditDesk credits, Claims claims) {
    apply(state.decide(command), credits);
    releaseCycle(claims);
  }

  @CommandHandler
  public void handle(WriteOffInvoice command, CreditDesk credits) {
    apply(state.decide(command), credits);
  }

  /** The number is of the credit notes' own series, and the credit moves with a balance note. */
  @CommandHandler
  public void handle(
      IssueCreditNote command, BillingProfiles profiles, CreditDesk credits, Claims claims) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    // Decided once for its refusals before a number is taken; whoever is refused takes none.
    if (state.decide(command, UNNUMBERED).isEmpty()) {
      return;
    }
    BillingProfile tenant = profiles.of(((Issued) state).tenantId());
    String number =
        InvoiceClaims.noteNumber(claims, tenant.legalEntity(), command.noteId(), command.at());
    apply(state.decide(command, number), credits);
  }

  @CommandHandler
  public void handle(
      CreditUnused command, BillingProfiles profiles, CreditDesk credits, Claims claims) {
    state.noteFor(command).ifPresent(note -> handle(note, profiles, credits, claims));
  }

  @CommandHandler
  public void handle(
      CreditUsage command, BillingProfiles profiles, CreditDesk credits, Claims claims) {
    state.notesFor(command).forEach(note -> handle(note, profiles, credits, claims));
  }

  @CommandHandler
  public void handle(ReverseCreditNote command, CreditDesk credits) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    apply(state.decide(command), credits);
  }

  @EventSourcingHandler
  void on(InvoiceEvent event) {
    id = event.invoiceId();
    state = state.evolve(event);
  }

  /** Applies the events, and passes on to the tenant's credit what they give to it. */
  private void apply(List<InvoiceEvent> events, CreditDesk credits) {
    Issued invoice = (Issued) state;
    Applied.to(invoice.tenantId(), events);
    for (InvoiceEvent event : events) {
      if (event instanceof PaymentRecorded e && e.excess().isPositive()) {
        credits.grant(invoice.tenantId(), e.paymentId().value(), id, e.excess(), e.at());
      }
      if (event instanceof InvoiceVoided e) {
        if (e.creditReturned().isPositive()) {
          credits.giveBack(invoice.tenantId(), id, e.at());
        }
        if (e.paymentsReleased().isPositive()) {
          credits.grant(invoice.tenantId(), id.value(), id, e.paymentsReleased(), e.at());
        }
      }
      if (event instanceof CreditNoteIssued(_, _, CreditNote note)
          && note.type() == CreditNoteType.BALANCE) {
        credits.grant(invoice.tenantId(), note.id().value(), id, note.total(), note.issuedAt());
      }
      if (event instanceof CreditNoteReversed e && e.note().type() == CreditNoteType.BALANCE) {
        credits.takeBack(invoice.tenantId(), e.note().id().value(), id, e.note().total(), e.at());
      }
    }
  }

  private void releaseCycle(Claims claims) {
    if (state instanceof Issued invoice && invoice.voided()) {
      claims.release(
          Claims.Kind.INVOICE_CYCLE,
          InvoiceClaims.cycle(invoice.subscriptionId(), invoice.cycleNo(), invoice.reason(), id),
          id.value());
    }
  }
}
