package io.billingledger.invoice;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PriceBook;
import io.billingledger.credit.CreditDesk;
import io.billingledger.invoice.InvoiceCommand.ApproveProof;
import io.billingledger.invoice.InvoiceCommand.CreditUnused;
import io.billingledger.invoice.InvoiceCommand.CreditUsage;
import io.billingledger.invoice.InvoiceCommand.IssueConsolidated;
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
import io.billingledger.invoice.InvoiceState.None;
import io.billingledger.invoice.InvoiceState.Priced;
import io.billingledger.invoice.InvoiceState.StandingCycle;
import io.billingledger.kernel.Applied;
import io.billingledger.kernel.Claims;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.StaleVersion;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.rating.UsageSpan;
import io.billingledger.rating.UsedQuantities;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.tax.TaxRule;
import io.billingledger.tax.TaxRules;
import io.billingledger.tenant.BillingProfile;
import io.billingledger.tenant.BillingProfiles;
import io.billingledger.time.LocalDays;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

  /** One invoice for each cycle, by claim. */
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
    String holder = claim(command, claims);
    if (!holder.equals(command.invoiceId().value())) {
      throw new Rejected(new CycleInvoiced(command.subscriptionId(), command.cycleNo(), holder));
    }
    issue(List.of(command), command.at(), prices, profiles, taxes, credits, quantities, claims);
  }

  /** Those whose cycle has an invoice meanwhile are left out, and so are those that come late. */
  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public List<IssueInvoice> handle(
      IssueConsolidated command,
      PriceBook prices,
      BillingProfiles profiles,
      TaxRules taxes,
      CreditDesk credits,
      UsedQuantities quantities,
      Claims claims) {
    if (state instanceof None) {
      List<IssueInvoice> cycles =
          command.cycles().stream()
              .filter(each -> claim(each, claims).equals(command.invoiceId().value()))
              .toList();
      if (!cycles.isEmpty()) {
        issue(cycles, command.at(), prices, profiles, taxes, credits, quantities, claims);
      }
    }
    Set<SubscriptionId> on =
        state instanceof Issued invoice
            ? invoice.cycles().stream()
                .map(StandingCycle::subscriptionId)
                .collect(Collectors.toSet())
            : Set.of();
    return command.cycles().stream().filter(each -> !on.contains(each.subscriptionId())).toList();
  }

  private static String claim(IssueInvoice command, Claims claims) {
    return claims.claim(
        Claims.Kind.INVOICE_CYCLE, InvoiceClaims.cycle(command), command.invoiceId().value());
  }

  /** Numbers are without a gap, by claim. */
  private static void issue(
      List<IssueInvoice> cycles,
      Instant at,
      PriceBook prices,
      BillingProfiles profiles,
      TaxRules taxes,
      CreditDesk credits,
      UsedQuantities quantities,
      Claims claims) {
    InvoiceId invoice = cycles.getFirst().invoiceId();
    BillingProfile tenant = profiles.of(cycles.getFirst().tenantId());
    List<TaxRule> rules =
        taxes.known().rulesFor(tenant.country(), LocalDays.dateOf(at, tenant.zone()));
    List<Priced> priced =
        cycles.stream()
            .map(each -> new Priced(each, prices.version(each.planCode(), each.planVersion())))
            .toList();
    Charges charges =
        Charges.of(
            invoice,
            priced.stream().map(each -> asked(each, at, prices, tenant, quantities)).toList(),
            rules);
    Money credit = credits.draw(tenant.tenantId(), invoice, charges.total(), at);
    String number = InvoiceClaims.number(claims, tenant.legalEntity(), invoice, at);
    Applied.to(tenant.tenantId(), InvoiceState.decide(priced, tenant, charges, number, credit, at));
  }

  private static Charges.Asked asked(
      Priced cycle,
      Instant at,
      PriceBook prices,
      BillingProfile tenant,
      UsedQuantities quantities) {
    IssueInvoice command = cycle.wanted();
    List<BilledUsage> usage =
        command.usage().stream()
            .map(used -> closed(command, used, at, prices, tenant.zone(), quantities))
            .toList();
    CycleCharges wanted =
        CycleCharges.of(command, cycle.plan(), usage, InvoiceState.ENGINE, tenant.zone());
    return new Charges.Asked(
        command.subscriptionId(),
        wanted.charges(),
        Stream.concat(wanted.discounts().stream(), command.coupons().stream().map(Discount::of))
            .toList());
  }

  /** Cut off now; an invoice in the place of another one bills what that one did. */
  private static BilledUsage closed(
      IssueInvoice command,
      UsedPeriod used,
      Instant at,
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
            ? quantities.close(span, used.planCode(), used.planVersion(), at)
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
    releaseCycles(claims);
  }

  /** Released first, so that whom a note settles it for is not told that it is. */
  @CommandHandler
  public void handle(
      WithdrawInvoice command, BillingProfiles profiles, CreditDesk credits, Claims claims) {
    List<InvoiceEvent> events = state.decide(command);
    List<IssueCreditNote> notes = events.isEmpty() ? List.of() : state.notesFor(command);
    apply(events, credits);
    notes.forEach(note -> handle(note, profiles, credits, claims));
    releaseCycles(claims);
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

  private void releaseCycles(Claims claims) {
    if (state instanceof Issued invoice) {
      invoice.cycles().stream()
          .filter(cycle -> invoice.voided() || invoice.released().contains(cycle.subscriptionId()))
          .forEach(
              cycle ->
                  claims.release(
                      Claims.Kind.INVOICE_CYCLE, InvoiceClaims.cycle(cycle, id), id.value()));
    }
  }
}
