package io.billingledger.view.invoice;

import io.billingledger.invoice.AppliedDiscount;
import io.billingledger.invoice.CreditNote;
import io.billingledger.invoice.CreditNoteType;
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
import io.billingledger.invoice.InvoiceLine;
import io.billingledger.invoice.InvoiceStatus;
import io.billingledger.invoice.InvoicedCycle;
import io.billingledger.invoice.PaymentMethod;
import io.billingledger.invoice.ProofStatus;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.ProofId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.tax.TaxLine;
import io.billingledger.view.RowJson;
import io.billingledger.view.StreamRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.joda.money.Money;

/** An invoice with everything that is answered about it. Amounts are in its one currency. */
@Entity
@Table(name = "view_invoice")
public class InvoiceRow extends StreamRow<InvoiceEvent> {
  @Id
  @Column(name = "invoice_id")
  private String id;

  @Column(updatable = false)
  private String tenantId;

  @Column(updatable = false)
  private String subscriptionId;

  @Column(updatable = false)
  private String invoiceNumber;

  @Column(updatable = false)
  private String legalEntityId;

  @Column(updatable = false)
  private String reason;

  @Column(updatable = false)
  private int cycleNo;

  @Column(updatable = false)
  private String planCode;

  @Column(updatable = false)
  private int planVersion;

  @Column(updatable = false)
  private LocalDate periodStart;

  @Column(updatable = false)
  private LocalDate periodEnd;

  @Column(updatable = false)
  private Instant issuedAt;

  @Column(updatable = false)
  private Instant dueAt;

  @Column(updatable = false)
  private boolean collect;

  @Column(updatable = false)
  private String currencyCode;

  @Column(updatable = false)
  private BigDecimal subtotal;

  @Column(updatable = false)
  private BigDecimal discountTotal;

  @Column(updatable = false)
  private BigDecimal taxTotal;

  @Column(updatable = false)
  private BigDecimal total;

  @Column(updatable = false)
  private String lines;

  /** Which subscriptions' cycles stand on it, where there are several; else null. */
  private String cycles;

  @Column(updatable = false)
  private String discounts;

  @Column(updatable = false)
  private String taxes;

  /** What ended it; null while something is due. */
  @Enumerated(EnumType.STRING)
  private InvoiceStatus closedAs;

  private Instant paidAt;
  private Instant voidAt;
  private Instant writtenOffAt;
  private String closingReason;
  private BigDecimal amountPaid;
  private BigDecimal amountCredited;
  private BigDecimal amountWrittenOff;
  private BigDecimal amountDue;
  private String proofs;
  private String payments;
  private String creditNotes;

  protected InvoiceRow() {}

  /**
   * A proof of payment and what was decided on it.
   *
   * @param sameFileAs another invoice that the same file was handed in for; null if none
   * @param firstApprovedBy null unless two approvals were needed
   * @param approvedAmount null until approved
   */
  public record Proof(
      ProofId id,
      ProofStatus status,
      Money amount,
      String fileSha256,
      String contentType,
      long fileSize,
      Instant paidAt,
      String bankReference,
      InvoiceId sameFileAs,
      Instant submittedAt,
      String firstApprovedBy,
      Instant firstApprovedAt,
      String decidedBy,
      Instant decidedAt,
      String reason,
      Money approvedAmount) {

    static Proof of(ProofSubmitted e) {
      return new Proof(
          e.proofId(),
          ProofStatus.SUBMITTED,
          e.amount(),
          e.fileSha256(),
          e.contentType(),
          e.fileSize(),
          e.paidAt(),
          e.bankReference(),
          e.sameFileAs(),
          e.at(),
          null,
          null,
          null,
          null,
          null,
          null);
    }

    Proof firstApproved(ProofFirstApproved e) {
      return new Proof(
          id,
          ProofStatus.AWAITING_SECOND_APPROVAL,
          amount,
          fileSha256,
          contentType,
          fileSize,
          paidAt,
          bankReference,
          sameFileAs,
          submittedAt,
          e.by(),
          e.at(),
          null,
          null,
          e.reason(),
          null);
    }

    Proof approved(ProofApproved e) {
      return decided(ProofStatus.APPROVED, e.by(), e.at(), e.reason(), e.amount());
    }

    Proof rejected(ProofRejected e) {
      return decided(ProofStatus.REJECTED, e.by(), e.at(), e.reason(), null);
    }

    private Proof decided(
        ProofStatus decision, String by, Instant at, String because, Money approved) {
      return new Proof(
          id,
          decision,
          amount,
          fileSha256,
          contentType,
          fileSize,
          paidAt,
          bankReference,
          sameFileAs,
          submittedAt,
          firstApprovedBy,
          firstApprovedAt,
          by,
          at,
          because,
          approved);
    }
  }

  /**
   * Money that arrived: {@code amount} = applied + recovered + excess.
   *
   * @param proofId null when finance recorded it
   * @param recovered of what had been written off
   * @param excess became the tenant's credit
   */
  public record Payment(
      PaymentId id,
      ProofId proofId,
      Money amount,
      Money applied,
      Money recovered,
      Money excess,
      PaymentMethod method,
      String reference,
      Instant paidAt,
      Instant recordedAt) {

    static Payment of(PaymentRecorded e) {
      return new Payment(
          e.paymentId(),
          e.proofId(),
          e.amount(),
          e.applied(),
          e.recovered(),
          e.excess(),
          e.method(),
          e.reference(),
          e.paidAt(),
          e.at());
    }
  }

  /**
   * A credit note, and its reversal if there was one.
   *
   * @param reversedAt null while it stands
   */
  public record Noted(CreditNote note, Instant reversedAt, String reversalReason) {
    Noted reversed(CreditNoteReversed e) {
      return new Noted(note, e.at(), e.reason());
    }
  }

  /**
   * A subscription's cycle on an invoice of several.
   *
   * @param releasedAt null while it stands on it
   */
  public record Cycle(
      SubscriptionId subscriptionId, int cycleNo, InvoiceReason reason, Instant releasedAt) {
    static Cycle of(InvoicedCycle cycle) {
      return new Cycle(cycle.subscriptionId(), cycle.cycleNo(), cycle.reason(), null);
    }

    Cycle releasedAt(Instant at) {
      return new Cycle(subscriptionId, cycleNo, reason, at);
    }
  }

  @Override
  protected void apply(InvoiceEvent event) {
    switch (event) {
      case InvoiceIssued e -> issued(e);
      case PaymentRecorded e -> paid(e);
      case InvoiceSettled e -> settled(e.at());
      case ProofSubmitted e -> proofs = RowJson.add(proofs, Proof.of(e), Proof.class);
      case ProofFirstApproved e -> change(e.proofId(), proof -> proof.firstApproved(e));
      case ProofApproved e -> change(e.proofId(), proof -> proof.approved(e));
      case ProofRejected e -> change(e.proofId(), proof -> proof.rejected(e));
      case InvoiceVoided e -> voided(e);
      case CycleReleased e -> released(e);
      case InvoiceWrittenOff e -> writtenOff(e);
      case CreditNoteIssued e -> noted(e.note());
      case CreditNoteReversed e -> noteReversed(e);
    }
  }

  private void issued(InvoiceIssued e) {
    id = e.invoiceId().value();
    tenantId = e.tenantId().value();
    subscriptionId = e.subscriptionId().value();
    invoiceNumber = e.invoiceNumber();
    legalEntityId = e.legalEntityId();
    reason = e.reason().name();
    cycleNo = e.cycleNo();
    planCode = e.plan().code();
    planVersion = e.plan().terms().version();
    periodStart = e.period().start();
    periodEnd = e.period().end();
    issuedAt = e.issuedAt();
    dueAt = e.dueAt();
    collect = e.collect();
    currencyCode = e.total().getCurrencyUnit().getCode();
    subtotal = e.subtotal().getAmount();
    discountTotal = e.discountTotal().getAmount();
    taxTotal = e.taxTotal().getAmount();
    total = e.total().getAmount();
    cycles = e.consolidated() ? RowJson.write(e.cycles().stream().map(Cycle::of).toList()) : null;
    lines = RowJson.write(e.lines());
    discounts = RowJson.write(e.discounts());
    taxes = RowJson.write(e.taxes());
    amountPaid = zero(e.total());
    amountCredited = e.creditApplied().getAmount();
    amountWrittenOff = zero(e.total());
    amountDue = e.total().minus(e.creditApplied()).getAmount();
    proofs = RowJson.NONE;
    payments = RowJson.NONE;
    creditNotes = RowJson.NONE;
  }

  private void noted(CreditNote note) {
    creditNotes = RowJson.add(creditNotes, new Noted(note, null, null), Noted.class);
    if (note.type() == CreditNoteType.ADJUSTMENT) {
      amountCredited = amountCredited.add(note.total().getAmount());
      amountDue = amountDue.subtract(note.total().getAmount());
    } else if (closedAs == InvoiceStatus.PAID && allReturned()) {
      closedAs = InvoiceStatus.REFUNDED;
    }
  }

  private void noteReversed(CreditNoteReversed e) {
    creditNotes =
        RowJson.write(
            creditNotes().stream()
                .map(noted -> noted.note().id().equals(e.note().id()) ? noted.reversed(e) : noted)
                .toList());
    if (e.note().type() == CreditNoteType.ADJUSTMENT) {
      amountCredited = amountCredited.subtract(e.note().total().getAmount());
      amountDue = amountDue.add(e.note().total().getAmount());
    } else if (closedAs == InvoiceStatus.REFUNDED) {
      closedAs = InvoiceStatus.PAID;
    }
  }

  /** Whether refunds and balance notes have taken all of it back. */
  private boolean allReturned() {
    return taken(_ -> true).compareTo(total) == 0;
  }

  /** What notes have paid back or turned into credit. */
  public BigDecimal amountReturned() {
    return taken(noted -> noted.note().type() != CreditNoteType.ADJUSTMENT);
  }

  private BigDecimal taken(Predicate<Noted> which) {
    return creditNotes().stream()
        .filter(noted -> noted.reversedAt() == null)
        .filter(which)
        .map(noted -> noted.note().total().getAmount())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private void paid(PaymentRecorded e) {
    payments = RowJson.add(payments, Payment.of(e), Payment.class);
    BigDecimal recovered = e.recovered().getAmount();
    amountPaid = amountPaid.add(e.applied().getAmount()).add(recovered);
    amountDue = amountDue.subtract(e.applied().getAmount());
    amountWrittenOff = amountWrittenOff.subtract(recovered);
    if (closedAs == InvoiceStatus.WRITTEN_OFF && amountWrittenOff.signum() == 0) {
      settled(e.at());
    }
  }

  private void settled(Instant at) {
    closedAs = InvoiceStatus.PAID;
    paidAt = at;
  }

  /** What was paid and what was drawn from the credit are the tenant's again. */
  private void voided(InvoiceVoided e) {
    closedAs = InvoiceStatus.VOID;
    voidAt = e.at();
    closingReason = e.reason();
    BigDecimal nothing = zero(e.openAmount());
    amountPaid = nothing;
    amountCredited = nothing;
    amountDue = nothing;
  }

  private void released(CycleReleased e) {
    cycles =
        RowJson.write(
            cycles().stream()
                .map(
                    cycle ->
                        cycle.subscriptionId().equals(e.subscriptionId())
                            ? cycle.releasedAt(e.at())
                            : cycle)
                .toList());
  }

  private void writtenOff(InvoiceWrittenOff e) {
    closedAs = InvoiceStatus.WRITTEN_OFF;
    writtenOffAt = e.at();
    closingReason = e.reason();
    amountWrittenOff = e.amount().getAmount();
    amountDue = zero(e.amount());
  }

  private void change(ProofId proofId, UnaryOperator<Proof> change) {
    if (proof(proofId).isEmpty()) {
      throw new IllegalStateException("no proof " + proofId + " was submitted on " + id);
    }
    proofs =
        RowJson.write(
            proofs().stream()
                .map(proof -> proof.id().equals(proofId) ? change.apply(proof) : proof)
                .toList());
  }

  private static BigDecimal zero(Money like) {
    return Money.zero(like.getCurrencyUnit()).getAmount();
  }

  /**
   * Overdue from the instant of {@code dueAt} on: what happens at H happens at its first moment.
   */
  public InvoiceStatus status(Instant now) {
    if (closedAs != null) {
      return closedAs;
    }
    if (!now.isBefore(dueAt)) {
      return InvoiceStatus.OVERDUE;
    }
    return amountPaid.signum() > 0 ? InvoiceStatus.PARTIAL : InvoiceStatus.PENDING;
  }

  /** Empty unless several subscriptions stand on it. */
  public List<Cycle> cycles() {
    return cycles == null ? List.of() : RowJson.read(cycles, Cycle.class);
  }

  public List<InvoiceLine> lines() {
    return RowJson.read(lines, InvoiceLine.class);
  }

  public List<AppliedDiscount> discounts() {
    return RowJson.read(discounts, AppliedDiscount.class);
  }

  public List<TaxLine> taxes() {
    return RowJson.read(taxes, TaxLine.class);
  }

  public List<Proof> proofs() {
    return RowJson.read(proofs, Proof.class);
  }

  public Optional<Proof> proof(ProofId proofId) {
    return proofs().stream().filter(proof -> proof.id().equals(proofId)).findFirst();
  }

  public List<Payment> payments() {
    return RowJson.read(payments, Payment.class);
  }

  public List<Noted> creditNotes() {
    return RowJson.read(creditNotes, Noted.class);
  }

  public String id() {
    return id;
  }

  public String tenantId() {
    return tenantId;
  }

  public String subscriptionId() {
    return subscriptionId;
  }

  public String invoiceNumber() {
    return invoiceNumber;
  }

  public String legalEntityId() {
    return legalEntityId;
  }

  public int cycleNo() {
    return cycleNo;
  }

  public String planCode() {
    return planCode;
  }

  public int planVersion() {
    return planVersion;
  }

  public LocalDate periodStart() {
    return periodStart;
  }

  public LocalDate periodEnd() {
    return periodEnd;
  }

  public Instant issuedAt() {
    return issuedAt;
  }

  public Instant dueAt() {
    return dueAt;
  }

  public Instant paidAt() {
    return paidAt;
  }

  public Instant voidAt() {
    return voidAt;
  }

  public Instant writtenOffAt() {
    return writtenOffAt;
  }

  public String closingReason() {
    return closingReason;
  }

  public String currencyCode() {
    return currencyCode;
  }

  public BigDecimal subtotal() {
    return subtotal;
  }

  public BigDecimal discountTotal() {
    return discountTotal;
  }

  public BigDecimal taxTotal() {
    return taxTotal;
  }

  public BigDecimal total() {
    return total;
  }

  public BigDecimal amountPaid() {
    return amountPaid;
  }

  public BigDecimal amountCredited() {
    return amountCredited;
  }

  public BigDecimal amountWrittenOff() {
    return amountWrittenOff;
  }

  public BigDecimal amountDue() {
    return amountDue;
  }
}
