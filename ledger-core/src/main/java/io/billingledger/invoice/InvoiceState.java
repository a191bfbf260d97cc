package io.billingledger.invoice;

import io.billingledger.catalog.PlanSnapshot;
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
import io.billingledger.invoice.InvoiceRejection.AmountNotPositive;
import io.billingledger.invoice.InvoiceRejection.ApprovalAmountDiffers;
import io.billingledger.invoice.InvoiceRejection.CreditNoteBilledAgain;
import io.billingledger.invoice.InvoiceRejection.CreditNoteHasSettled;
import io.billingledger.invoice.InvoiceRejection.CreditNoteLineTooLarge;
import io.billingledger.invoice.InvoiceRejection.CreditNoteLineUnknown;
import io.billingledger.invoice.InvoiceRejection.CreditNoteOnVoid;
import io.billingledger.invoice.InvoiceRejection.CreditNoteReversedAlready;
import io.billingledger.invoice.InvoiceRejection.CreditNoteTooLarge;
import io.billingledger.invoice.InvoiceRejection.CreditNoteUnknown;
import io.billingledger.invoice.InvoiceRejection.CurrencyMismatch;
import io.billingledger.invoice.InvoiceRejection.HasPayments;
import io.billingledger.invoice.InvoiceRejection.InvoiceUnknown;
import io.billingledger.invoice.InvoiceRejection.NotPayable;
import io.billingledger.invoice.InvoiceRejection.NotVoidable;
import io.billingledger.invoice.InvoiceRejection.ProofDecided;
import io.billingledger.invoice.InvoiceRejection.ProofUnknown;
import io.billingledger.invoice.InvoiceRejection.SameFile;
import io.billingledger.invoice.InvoiceRejection.SecondApproverSame;
import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LineId;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.ProofId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Rejection;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.money.Fraction;
import io.billingledger.money.Rounding;
import io.billingledger.rating.PricingEngine;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.tenant.BillingProfile;
import io.billingledger.time.BillingPeriod;
import io.billingledger.time.LocalDays;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.joda.money.Money;

/** An invoice as its history tells it, and the decisions about it. */
public sealed interface InvoiceState {

  InvoiceState NONE = new None();

  /** The implementation of rating that issued the document; kept by name for ever. */
  PricingEngine ENGINE = PricingEngine.CURRENT;

  record None() implements InvoiceState {}

  /**
   * @param firstApprover null until the first of two approvals
   * @param firstAmount what that approval was for
   */
  record Proof(
      String fileSha256,
      Money amount,
      Instant paidAt,
      String reference,
      ProofStatus status,
      String firstApprover,
      Money firstAmount) {}

  /** A subscription's cycle that stands on the invoice. */
  record StandingCycle(SubscriptionId subscriptionId, int cycleNo, InvoiceReason reason) {}

  /**
   * @param cycles never empty
   * @param released those of them that stand on it no more
   * @param netTotal lines − discount
   * @param credited drawn from the tenant's credit
   * @param writtenOff less what was recovered since
   * @param notes the credit notes, and what they have left
   * @param paidAhead what each line that charges a period in advance came to, with tax
   * @param lines which subscription each line is of
   * @param inArrears the lines that charge usage, and what brings it up to a minimum
   */
  record Issued(
      InvoiceId invoiceId,
      TenantId tenantId,
      List<StandingCycle> cycles,
      Set<SubscriptionId> released,
      Money netTotal,
      Money taxTotal,
      Money total,
      Money credited,
      Money paid,
      Money writtenOff,
      boolean settled,
      boolean voided,
      Instant dueAt,
      Map<ProofId, Proof> proofs,
      Set<PaymentId> payments,
      CreditNotes notes,
      Map<LineId, Money> paidAhead,
      List<InvoiceLine> inArrears,
      Map<LineId, SubscriptionId> lines)
      implements InvoiceState {

    /** The first of those that it was issued for. */
    StandingCycle first() {
      return cycles.getFirst();
    }

    boolean consolidated() {
      return cycles.size() > 1;
    }

    /** Those that stand on it still. */
    List<StandingCycle> standing() {
      return cycles.stream().filter(cycle -> !released.contains(cycle.subscriptionId())).toList();
    }

    public Money due() {
      return voided
          ? Money.zero(total.getCurrencyUnit())
          : total.minus(credited).minus(notes.adjusted()).minus(paid).minus(writtenOff);
    }

    /** What a note of this type can take back now, with tax. */
    Money creditable(CreditNoteType type) {
      Money given = paid.plus(credited).minus(notes.returned());
      return switch (type) {
        case ADJUSTMENT -> due();
        case REFUND -> smaller(given, paid.minus(notes.refunded()));
        case BALANCE -> given;
      };
    }

    public boolean payable() {
      return due().isPositive();
    }

    /** What of the lines that charge this usage no note has taken back, with tax. */
    Map<LineId, Money> left(SubscriptionId subscription, UsedPeriod used) {
      return left(
          inArrears.stream()
              .filter(line -> line.charges(subscription, used))
              .map(InvoiceLine::id)
              .toList());
    }

    /** What of a subscription's lines no note has taken back, with tax. */
    Map<LineId, Money> left(SubscriptionId subscription) {
      return left(
          notes.rest().lines().keySet().stream()
              .filter(line -> lines.get(line).equals(subscription))
              .toList());
    }

    private Map<LineId, Money> left(List<LineId> of) {
      Map<LineId, Money> left = new LinkedHashMap<>();
      for (LineId line : of) {
        if (notes.left(line).isPositive()) {
          left.put(line, notes.left(line));
        }
      }
      return left;
    }

    /** Whether it charges this usage and nobody has taken all of that back. */
    public boolean charges(SubscriptionId subscription, UsedPeriod used) {
      return !voided && !left(subscription, used).isEmpty();
    }

    /**
     * Whether what it charges for this usage can be taken back in full: not where it was written
     * off.
     */
    public boolean canTakeBack(SubscriptionId subscription, UsedPeriod used) {
      return canTakeBack(left(subscription, used));
    }

    boolean canTakeBack(Map<LineId, Money> left) {
      Money all = left.values().stream().reduce(total.minus(total), Money::plus);
      return !voided
          && writtenOff.isZero()
          && !all.isGreaterThan(
              creditable(CreditNoteType.ADJUSTMENT).plus(creditable(CreditNoteType.BALANCE)));
    }

    boolean closed() {
      return settled || voided || writtenOff.isPositive();
    }

    private Issued with(CreditNotes newNotes) {
      return with(newNotes, released);
    }

    private Issued without(SubscriptionId gone) {
      Set<SubscriptionId> more = new HashSet<>(released);
      more.add(gone);
      return with(notes, Set.copyOf(more));
    }

    private Issued with(CreditNotes newNotes, Set<SubscriptionId> nowReleased) {
      return new Issued(
          invoiceId,
          tenantId,
          cycles,
          nowReleased,
          netTotal,
          taxTotal,
          total,
          credited,
          paid,
          writtenOff,
          settled,
          voided,
          dueAt,
          proofs,
          payments,
          newNotes,
          paidAhead,
          inArrears,
          lines);
    }
  }

  /** What was asked for a cycle, with the plan version of its prices. */
  record Priced(IssueInvoice wanted, PlanSnapshot plan) {
    private InvoicedCycle cycle() {
      return new InvoicedCycle(
          wanted.subscriptionId(),
          wanted.reason(),
          wanted.cycleNo(),
          wanted.period(),
          plan,
          wanted.quantity(),
          wanted.usage());
    }
  }

  static List<InvoiceEvent> decide(
      IssueInvoice c,
      PlanSnapshot plan,
      BillingProfile tenant,
      Charges charges,
      String number,
      Money credit) {
    return decide(List.of(new Priced(c, plan)), tenant, charges, number, credit, c.at());
  }

  /**
   * @param cycles of one tenant, due on one day
   * @param number from the gapless series
   * @param credit drawn from the tenant's credit
   */
  static List<InvoiceEvent> decide(
      List<Priced> cycles,
      BillingProfile tenant,
      Charges charges,
      String number,
      Money credit,
      Instant at) {
    IssueInvoice c = cycles.getFirst().wanted();
    Money total = charges.total();
    List<InvoiceEvent> events = new ArrayList<>();
    events.add(
        new InvoiceIssued(
            c.invoiceId(),
            c.tenantId(),
            c.subscriptionId(),
            number,
            tenant.legalEntity().id(),
            c.reason(),
            c.cycleNo(),
            c.period(),
            cycles.getFirst().plan(),
            c.quantity(),
            charges.lines(),
            charges.taxes(),
            charges.subtotal(),
            charges.discountTotal(),
            charges.taxTotal(),
            total,
            credit,
            tenant.zone(),
            at,
            LocalDays.startOf(c.dueOn(), tenant.zone()),
            c.collect(),
            ENGINE.version(),
            Rounding.MODE.name(),
            charges.discounts(),
            c.usage(),
            cycles.stream().skip(1).map(Priced::cycle).toList()));
    if (total.isEqual(credit)) {
      cycles.stream()
          .map(Priced::wanted)
          .map(each -> new InvoiceSettled(c.invoiceId(), each.subscriptionId(), each.cycleNo(), at))
          .forEach(events::add);
    }
    return events;
  }

  default List<InvoiceEvent> decide(RecordPayment c) {
    Issued invoice = issued(c);
    if (invoice.payments().contains(c.paymentId())) {
      return List.of();
    }
    return paid(
        invoice, c.paymentId(), null, c.amount(), c.method(), c.reference(), c.paidAt(), c.at());
  }

  /**
   * @param sameFileAs another invoice that the file was handed in for; null if none
   */
  default List<InvoiceEvent> decide(SubmitProof c, InvoiceId sameFileAs) {
    Issued invoice = issued(c);
    if (invoice.proofs().containsKey(c.proofId())) {
      return List.of();
    }
    refuseIf(!invoice.payable(), new NotPayable(c.invoiceId()));
    checkAmount(invoice, c.amount());
    invoice.proofs().entrySet().stream()
        .filter(
            known ->
                known.getValue().fileSha256().equals(c.fileSha256())
                    && known.getValue().status() != ProofStatus.REJECTED)
        .findFirst()
        .ifPresent(
            known -> {
              throw new Rejected(new SameFile(known.getKey(), known.getValue().status()));
            });
    return List.of(
        new ProofSubmitted(
            c.invoiceId(),
            c.proofId(),
            c.fileSha256(),
            c.contentType(),
            c.fileSize(),
            c.amount(),
            c.paidAt(),
            c.bankReference(),
            sameFileAs,
            c.at()));
  }

  default List<InvoiceEvent> decide(ApproveProof c) {
    Issued invoice = issued(c);
    Proof proof = undecided(invoice, c.proofId());
    Money amount = c.amount() == null ? amountOf(proof) : c.amount();
    checkAmount(invoice, amount);
    boolean second = proof.status() == ProofStatus.AWAITING_SECOND_APPROVAL;
    if (second) {
      refuseIf(proof.firstApprover().equals(c.by()), new SecondApproverSame(c.proofId(), c.by()));
      refuseIf(
          !proof.firstAmount().isEqual(amount),
          new ApprovalAmountDiffers(proof.firstAmount(), amount));
    } else if (c.secondAbove() != null
        && c.secondAbove().isSameCurrency(amount)
        && amount.isGreaterThan(c.secondAbove())) {
      return List.of(
          new ProofFirstApproved(c.invoiceId(), c.proofId(), amount, c.reason(), c.by(), c.at()));
    }
    List<InvoiceEvent> events = new ArrayList<>();
    events.add(new ProofApproved(c.invoiceId(), c.proofId(), amount, c.reason(), c.by(), c.at()));
    events.addAll(
        paid(
            invoice,
            PaymentId.derive(c.proofId()),
            c.proofId(),
            amount,
            PaymentMethod.BANK_TRANSFER,
            proof.reference(),
            proof.paidAt(),
            c.at()));
    return events;
  }

  default List<InvoiceEvent> decide(RejectProof c) {
    undecided(issued(c), c.proofId());
    return List.of(new ProofRejected(c.invoiceId(), c.proofId(), c.reason(), c.by(), c.at()));
  }

  default List<InvoiceEvent> decide(VoidInvoice c) {
    Issued invoice = issued(c);
    refuseIf(invoice.paid().isPositive(), new HasPayments(c.invoiceId()));
    // What a note gave back of it would be given back once more.
    refuseIf(
        invoice.closed() || invoice.notes().returned().isPositive(),
        new NotVoidable(c.invoiceId()));
    // Another one in its place would charge what is billed again elsewhere.
    refuseIf(
        c.then() == AfterVoid.REISSUE && invoice.notes().billedAgain(),
        new NotVoidable(c.invoiceId()));
    return voided(invoice, c.then(), c.reason(), c.at());
  }

  /** An invoice of which a part was given back stays as it is: a person has settled it. */
  default List<InvoiceEvent> decide(WithdrawInvoice c) {
    Issued invoice = issued(c);
    if (invoice.consolidated()) {
      return invoice.voided() ? List.of() : released(invoice, c);
    }
    return invoice.voided()
            || invoice.writtenOff().isPositive()
            || invoice.notes().returned().isPositive()
        ? List.of()
        : voided(invoice, AfterVoid.NOTHING, c.reason(), c.at());
  }

  private static List<InvoiceEvent> released(Issued invoice, WithdrawInvoice c) {
    return invoice.standing().stream()
        .filter(cycle -> cycle.subscriptionId().equals(c.subscriptionId()))
        .<InvoiceEvent>map(cycle -> released(invoice, cycle, AfterVoid.NOTHING, c.reason(), c.at()))
        .toList();
  }

  private static CycleReleased released(
      Issued invoice, StandingCycle cycle, AfterVoid then, String reason, Instant at) {
    return new CycleReleased(
        invoice.invoiceId(), cycle.subscriptionId(), cycle.cycleNo(), then, reason, at);
  }

  /**
   * The notes that take back what an invoice of several subscriptions charges for one of them. None
   * where a person has settled it: when not all can be taken back.
   */
  default List<IssueCreditNote> notesFor(WithdrawInvoice c) {
    Issued invoice = issued(c);
    Map<LineId, Money> left = invoice.left(c.subscriptionId());
    return invoice.consolidated() && invoice.canTakeBack(left)
        ? notes(
            invoice,
            left,
            (type, lines) ->
                new IssueCreditNote(
                    c.invoiceId(),
                    CreditNoteId.derive(c.invoiceId(), c.subscriptionId(), type),
                    type,
                    null,
                    lines,
                    c.reason(),
                    null,
                    null,
                    c.at()))
        : List.of();
  }

  default List<InvoiceEvent> decide(WriteOffInvoice c) {
    Issued invoice = issued(c);
    return invoice.payable()
        ? List.of(
            new InvoiceWrittenOff(
                c.invoiceId(), invoice.first().subscriptionId(), invoice.due(), c.reason(), c.at()))
        : List.of();
  }

  /**
   * The note that gives back what is not used of the lines that charge a period in advance: of each
   * line its part, rounded once, and never more than what no other note has taken back. Empty where
   * nothing is given back: while the invoice is open, when it is void, and for a cause that had its
   * note already.
   */
  default Optional<IssueCreditNote> noteFor(CreditUnused c) {
    Issued invoice = issued(c);
    CreditNoteId note = CreditNoteId.derive(c.invoiceId(), c.key());
    if (!invoice.settled() || invoice.voided() || invoice.notes().find(note).isPresent()) {
      return Optional.empty();
    }
    Money left = invoice.creditable(CreditNoteType.BALANCE);
    Map<LineId, Money> lines = new LinkedHashMap<>();
    for (LineId line : invoice.notes().rest().lines().keySet()) {
      Money charged = invoice.paidAhead().getOrDefault(line, left.minus(left));
      Money part = smaller(smaller(times(charged, c.fraction()), invoice.notes().left(line)), left);
      if (part.isPositive()) {
        lines.put(line, part);
        left = left.minus(part);
      }
    }
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new IssueCreditNote(
                c.invoiceId(),
                note,
                CreditNoteType.BALANCE,
                null,
                lines,
                c.reason(),
                null,
                null,
                c.at()));
  }

  /**
   * The notes that take back what charges some usage: less is due as far as it is not paid, the
   * rest becomes credit. None where nothing is left of it, or not all can be taken back.
   */
  default List<IssueCreditNote> notesFor(CreditUsage c) {
    Issued invoice = issued(c);
    if (!invoice.charges(c.subscriptionId(), c.used())
        || !invoice.canTakeBack(c.subscriptionId(), c.used())) {
      return List.of();
    }
    return notes(
        invoice,
        invoice.left(c.subscriptionId(), c.used()),
        (type, lines) ->
            new IssueCreditNote(
                c.invoiceId(),
                noteId(invoice, c, type),
                type,
                null,
                lines,
                c.reason(),
                null,
                c.used(),
                null,
                c.at()));
  }

  private static CreditNoteId noteId(Issued invoice, CreditUsage c, CreditNoteType type) {
    BillingPeriod period = c.used().period();
    int round = c.used().again().round();
    return invoice.consolidated()
        ? CreditNoteId.derive(c.invoiceId(), c.subscriptionId(), period, round, type)
        : CreditNoteId.derive(c.invoiceId(), period, round, type);
  }

  /** Less is due as far as it is not paid, the rest becomes credit. */
  private static List<IssueCreditNote> notes(
      Issued invoice,
      Map<LineId, Money> left,
      BiFunction<CreditNoteType, Map<LineId, Money>, IssueCreditNote> note) {
    Money unpaid = invoice.creditable(CreditNoteType.ADJUSTMENT);
    Map<LineId, Money> due = new LinkedHashMap<>();
    Map<LineId, Money> paid = new LinkedHashMap<>();
    for (Map.Entry<LineId, Money> line : left.entrySet()) {
      Money first = smaller(line.getValue(), unpaid);
      unpaid = unpaid.minus(first);
      if (first.isPositive()) {
        due.put(line.getKey(), first);
      }
      if (line.getValue().isGreaterThan(first)) {
        paid.put(line.getKey(), line.getValue().minus(first));
      }
    }
    List<IssueCreditNote> notes = new ArrayList<>();
    if (!due.isEmpty()) {
      notes.add(note.apply(CreditNoteType.ADJUSTMENT, due));
    }
    if (!paid.isEmpty()) {
      notes.add(note.apply(CreditNoteType.BALANCE, paid));
    }
    return List.copyOf(notes);
  }

  private static Money times(Money amount, Fraction fraction) {
    return Money.of(
        amount.getCurrencyUnit(),
        Fraction.of(amount.getAmount())
            .times(fraction)
            .rounded(amount.getCurrencyUnit().getDecimalPlaces(), Rounding.MODE));
  }

  /**
   * @param number from the gapless series of credit notes
   */
  default List<InvoiceEvent> decide(IssueCreditNote c, String number) {
    Issued invoice = issued(c);
    if (invoice.notes().find(c.noteId()).isPresent()) {
      return List.of();
    }
    refuseIf(invoice.voided(), new CreditNoteOnVoid(c.invoiceId()));
    if (c.amount() != null) {
      checkAmount(invoice, c.amount());
    }
    c.lines()
        .forEach(
            (line, amount) -> {
              checkAmount(invoice, amount);
              Money most = invoice.notes().left(line);
              refuseIf(most == null, new CreditNoteLineUnknown(line));
              refuseIf(amount.isGreaterThan(most), new CreditNoteLineTooLarge(line, amount, most));
            });
    Money wanted =
        c.amount() == null
            ? c.lines().values().stream().reduce(Money::plus).orElseThrow()
            : c.amount();
    Money most = invoice.creditable(c.type());
    refuseIf(wanted.isGreaterThan(most), new CreditNoteTooLarge(c.type(), wanted, most));
    CreditNote note = invoice.notes().note(c, number);
    List<InvoiceEvent> events = new ArrayList<>();
    events.add(new CreditNoteIssued(c.invoiceId(), invoice.tenantId(), note));
    if (c.type() == CreditNoteType.ADJUSTMENT && wanted.isEqual(invoice.due())) {
      events.addAll(settled(invoice, c.at()));
    }
    return events;
  }

  /** For each subscription that stands on it; where none does any more, for the first. */
  private static List<InvoiceSettled> settled(Issued invoice, Instant at) {
    List<StandingCycle> standing = invoice.standing();
    return (standing.isEmpty() ? List.of(invoice.first()) : standing)
        .stream()
            .map(
                cycle ->
                    new InvoiceSettled(
                        invoice.invoiceId(), cycle.subscriptionId(), cycle.cycleNo(), at))
            .toList();
  }

  default List<InvoiceEvent> decide(ReverseCreditNote c) {
    Issued invoice = issued(c);
    CreditNotes.Noted noted =
        invoice
            .notes()
            .find(c.noteId())
            .orElseThrow(() -> new Rejected(new CreditNoteUnknown(c.noteId())));
    refuseIf(noted.reversed(), new CreditNoteReversedAlready(c.noteId()));
    refuseIf(noted.note().billedAgain() != null, new CreditNoteBilledAgain(c.noteId()));
    refuseIf(
        noted.note().type() == CreditNoteType.ADJUSTMENT && invoice.closed(),
        new CreditNoteHasSettled(c.noteId()));
    return List.of(
        new CreditNoteReversed(
            c.invoiceId(), invoice.tenantId(), noted.note(), c.reason(), c.at()));
  }

  default InvoiceState evolve(InvoiceEvent event) {
    return switch (event) {
      case InvoiceIssued e ->
          new Issued(
              e.invoiceId(),
              e.tenantId(),
              e.cycles().stream()
                  .map(
                      cycle ->
                          new StandingCycle(
                              cycle.subscriptionId(), cycle.cycleNo(), cycle.reason()))
                  .toList(),
              Set.of(),
              e.subtotal().minus(e.discountTotal()),
              e.taxTotal(),
              e.total(),
              e.creditApplied(),
              Money.zero(e.total().getCurrencyUnit()),
              Money.zero(e.total().getCurrencyUnit()),
              false,
              false,
              e.dueAt(),
              Map.of(),
              Set.of(),
              CreditNotes.of(e.lines(), e.taxes(), e.total().getCurrencyUnit()),
              e.lines().stream()
                  .filter(line -> line.type() == LineType.RECURRING)
                  .collect(Collectors.toUnmodifiableMap(InvoiceLine::id, InvoiceLine::grossAmount)),
              e.lines().stream()
                  .filter(line -> line.usage() != null || line.type() == LineType.ADJUSTMENT)
                  .toList(),
              e.lines().stream()
                  .collect(
                      Collectors.toUnmodifiableMap(InvoiceLine::id, InvoiceLine::subscriptionId)));
      case PaymentRecorded e -> {
        Issued i = issued();
        Set<PaymentId> payments = new HashSet<>(i.payments());
        payments.add(e.paymentId());
        yield with(
            i,
            i.paid().plus(e.applied()).plus(e.recovered()),
            i.writtenOff().minus(e.recovered()),
            i.settled(),
            i.voided(),
            i.proofs(),
            Set.copyOf(payments));
      }
      case InvoiceSettled _ -> {
        Issued i = issued();
        yield with(i, i.paid(), i.writtenOff(), true, i.voided(), i.proofs(), i.payments());
      }
      case ProofSubmitted e ->
          withProof(
              e.proofId(),
              new Proof(
                  e.fileSha256(),
                  e.amount(),
                  e.paidAt(),
                  e.bankReference(),
                  ProofStatus.SUBMITTED,
                  null,
                  null));
      case ProofFirstApproved e -> {
        Proof proof = issued().proofs().get(e.proofId());
        yield withProof(
            e.proofId(),
            new Proof(
                proof.fileSha256(),
                proof.amount(),
                proof.paidAt(),
                proof.reference(),
                ProofStatus.AWAITING_SECOND_APPROVAL,
                e.by(),
                e.amount()));
      }
      case ProofApproved e -> withProof(e.proofId(), ProofStatus.APPROVED);
      case ProofRejected e -> withProof(e.proofId(), ProofStatus.REJECTED);
      case InvoiceVoided _ -> {
        Issued i = issued();
        yield with(i, i.paid(), i.writtenOff(), i.settled(), true, i.proofs(), i.payments());
      }
      case CycleReleased e -> issued().without(e.subscriptionId());
      case InvoiceWrittenOff e -> {
        Issued i = issued();
        yield with(i, i.paid(), e.amount(), i.settled(), i.voided(), i.proofs(), i.payments());
      }
      case CreditNoteIssued e -> issued().with(issued().notes().and(e.note()));
      case CreditNoteReversed e -> issued().with(issued().notes().reversed(e.note().id()));
    };
  }

  private static List<InvoiceEvent> paid(
      Issued invoice,
      PaymentId paymentId,
      ProofId proofId,
      Money amount,
      PaymentMethod method,
      String reference,
      Instant paidAt,
      Instant at) {
    checkAmount(invoice, amount);
    Money applied = smaller(amount, invoice.due());
    Money recovered =
        invoice.voided()
            ? Money.zero(amount.getCurrencyUnit())
            : smaller(amount.minus(applied), invoice.writtenOff());
    List<InvoiceEvent> events = new ArrayList<>();
    events.add(
        new PaymentRecorded(
            invoice.invoiceId(),
            paymentId,
            proofId,
            amount,
            applied,
            recovered,
            amount.minus(applied).minus(recovered),
            method,
            reference,
            paidAt,
            at));
    if (applied.isPositive() && applied.isEqual(invoice.due())) {
      events.addAll(settled(invoice, at));
    }
    return events;
  }

  /** The event of the void names the first subscription; the others are told by one each. */
  private static List<InvoiceEvent> voided(
      Issued invoice, AfterVoid then, String reason, Instant at) {
    List<InvoiceEvent> events = new ArrayList<>();
    events.add(
        new InvoiceVoided(
            invoice.invoiceId(),
            invoice.first().subscriptionId(),
            invoice.first().cycleNo(),
            then,
            reason,
            invoice.netTotal().minus(invoice.notes().adjustedNet()),
            invoice
                .taxTotal()
                .minus(invoice.notes().adjusted().minus(invoice.notes().adjustedNet())),
            invoice.due(),
            invoice.credited(),
            invoice.paid(),
            at));
    invoice.standing().stream()
        .filter(cycle -> !cycle.equals(invoice.first()))
        .map(cycle -> released(invoice, cycle, then, reason, at))
        .forEach(events::add);
    return events;
  }

  private static void checkAmount(Issued invoice, Money amount) {
    refuseIf(
        !amount.isSameCurrency(invoice.total()),
        new CurrencyMismatch(
            amount.getCurrencyUnit().getCode(), invoice.total().getCurrencyUnit().getCode()));
    refuseIf(!amount.isPositive(), new AmountNotPositive(amount.getAmount().toPlainString()));
  }

  private static Money amountOf(Proof proof) {
    return proof.firstAmount() == null ? proof.amount() : proof.firstAmount();
  }

  private static Proof undecided(Issued invoice, ProofId proofId) {
    Proof proof = invoice.proofs().get(proofId);
    if (proof == null) {
      throw new Rejected(new ProofUnknown(proofId));
    }
    refuseIf(
        proof.status() == ProofStatus.APPROVED || proof.status() == ProofStatus.REJECTED,
        new ProofDecided(proofId, proof.status()));
    return proof;
  }

  private static Money smaller(Money left, Money right) {
    return left.isLessThan(right) ? left : right;
  }

  private InvoiceState withProof(ProofId id, ProofStatus status) {
    Proof proof = issued().proofs().get(id);
    return withProof(
        id,
        new Proof(
            proof.fileSha256(),
            proof.amount(),
            proof.paidAt(),
            proof.reference(),
            status,
            proof.firstApprover(),
            proof.firstAmount()));
  }

  private InvoiceState withProof(ProofId id, Proof proof) {
    Issued i = issued();
    Map<ProofId, Proof> proofs = new LinkedHashMap<>(i.proofs());
    proofs.put(id, proof);
    return with(
        i, i.paid(), i.writtenOff(), i.settled(), i.voided(), Map.copyOf(proofs), i.payments());
  }

  private static Issued with(
      Issued i,
      Money paid,
      Money writtenOff,
      boolean settled,
      boolean voided,
      Map<ProofId, Proof> proofs,
      Set<PaymentId> payments) {
    return new Issued(
        i.invoiceId(),
        i.tenantId(),
        i.cycles(),
        i.released(),
        i.netTotal(),
        i.taxTotal(),
        i.total(),
        i.credited(),
        paid,
        writtenOff,
        settled,
        voided,
        i.dueAt(),
        proofs,
        payments,
        i.notes(),
        i.paidAhead(),
        i.inArrears(),
        i.lines());
  }

  private Issued issued(InvoiceCommand command) {
    return switch (this) {
      case Issued invoice -> invoice;
      case None _ -> throw new Rejected(new InvoiceUnknown(command.invoiceId()));
    };
  }

  private Issued issued() {
    return switch (this) {
      case Issued invoice -> invoice;
      case None _ -> throw new IllegalStateException("no invoice was issued here");
    };
  }

  private static void refuseIf(boolean refused, Rejection rejection) {
    if (refused) {
      throw new Rejected(rejection);
    }
  }
}
