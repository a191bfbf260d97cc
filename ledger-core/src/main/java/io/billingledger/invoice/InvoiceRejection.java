package io.billingledger.invoice;

import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LineId;
import io.billingledger.kernel.ProofId;
import io.billingledger.kernel.Rejection;
import io.billingledger.kernel.SubscriptionId;
import org.joda.money.Money;

/** Why an invoice refuses. */
public sealed interface InvoiceRejection extends Rejection {

  record InvoiceUnknown(InvoiceId invoiceId) implements InvoiceRejection {
    @Override
    public String code() {
      return "invoice.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "There is no invoice " + invoiceId + ".";
    }
  }

  record CycleInvoiced(SubscriptionId subscriptionId, int cycleNo, String holder)
      implements InvoiceRejection {
    @Override
    public String code() {
      return "invoice.cycle-invoiced";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "Cycle %d of %s has the invoice %s already."
          .formatted(cycleNo, subscriptionId, holder);
    }
  }

  record NotPayable(InvoiceId invoiceId) implements InvoiceRejection {
    @Override
    public String code() {
      return "invoice.not-payable";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "Nothing is due on the invoice " + invoiceId + ".";
    }
  }

  record CurrencyMismatch(String given, String invoice) implements InvoiceRejection {
    @Override
    public String code() {
      return "invoice.currency-mismatch";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "The invoice is in %s, the amount in %s.".formatted(invoice, given);
    }
  }

  record AmountNotPositive(String amount) implements InvoiceRejection {
    @Override
    public String code() {
      return "invoice.amount-not-positive";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "An amount is positive, not " + amount + ".";
    }
  }

  record HasPayments(InvoiceId invoiceId) implements InvoiceRejection {
    @Override
    public String code() {
      return "invoice.has-payments";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The invoice " + invoiceId + " has payments; it cannot be voided.";
    }
  }

  record NotVoidable(InvoiceId invoiceId) implements InvoiceRejection {
    @Override
    public String code() {
      return "invoice.not-voidable";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The invoice " + invoiceId + " is settled, void or written off; it cannot be voided.";
    }
  }

  record ProofUnknown(ProofId proofId) implements InvoiceRejection {
    @Override
    public String code() {
      return "proof.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "There is no proof " + proofId + " on this invoice.";
    }
  }

  record SameFile(ProofId proofId, ProofStatus status) implements InvoiceRejection {
    @Override
    public String code() {
      return "proof.same-file";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "This file was handed in for this invoice already, as %s, which is %s."
          .formatted(proofId, status);
    }
  }

  record ProofDecided(ProofId proofId, ProofStatus status) implements InvoiceRejection {
    @Override
    public String code() {
      return "proof.already-decided";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The proof %s is %s already.".formatted(proofId, status);
    }
  }

  record SecondApproverSame(ProofId proofId, String by) implements InvoiceRejection {
    @Override
    public String code() {
      return "proof.second-approver-same";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "%s has approved %s already; the second approval is another person's."
          .formatted(by, proofId);
    }
  }

  record ApprovalAmountDiffers(Money first, Money second) implements InvoiceRejection {
    @Override
    public String code() {
      return "proof.amount-differs";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The first approval was for %s, this one is for %s.".formatted(first, second);
    }
  }

  /** No such note on this invoice. */
  record CreditNoteUnknown(CreditNoteId noteId) implements InvoiceRejection {
    @Override
    public String code() {
      return "credit-note.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "There is no credit note " + noteId + ".";
    }
  }

  /** More than is due, or than was paid and not given back. */
  record CreditNoteTooLarge(CreditNoteType type, Money amount, Money most)
      implements InvoiceRejection {
    @Override
    public String code() {
      return "credit-note.too-large";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "A credit note of type %s takes at most %s back here, not %s."
          .formatted(type, most, amount);
    }
  }

  /** Never more than a line asked for. */
  record CreditNoteLineTooLarge(LineId lineId, Money amount, Money most)
      implements InvoiceRejection {
    @Override
    public String code() {
      return "credit-note.line-too-large";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "Of line %s at most %s can be taken back, not %s.".formatted(lineId, most, amount);
    }
  }

  /** A line of another invoice, or of none. */
  record CreditNoteLineUnknown(LineId lineId) implements InvoiceRejection {
    @Override
    public String code() {
      return "credit-note.line-unknown";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "The invoice has no line " + lineId + ".";
    }
  }

  /** A void invoice asks for nothing. */
  record CreditNoteOnVoid(InvoiceId invoiceId) implements InvoiceRejection {
    @Override
    public String code() {
      return "credit-note.invoice-void";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "Invoice " + invoiceId + " is void: there is nothing to take back.";
    }
  }

  /** Once only. */
  record CreditNoteReversedAlready(CreditNoteId noteId) implements InvoiceRejection {
    @Override
    public String code() {
      return "credit-note.already-reversed";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "Credit note " + noteId + " was reversed already.";
    }
  }

  /** The usage would be charged here and by the invoice that bills it again. */
  record CreditNoteBilledAgain(CreditNoteId noteId) implements InvoiceRejection {
    @Override
    public String code() {
      return "credit-note.billed-again";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "Credit note %s takes back usage that was counted and billed again since: reverse or report usage instead."
          .formatted(noteId);
    }
  }

  /** What followed a settlement is not undone. */
  record CreditNoteHasSettled(CreditNoteId noteId) implements InvoiceRejection {
    @Override
    public String code() {
      return "credit-note.has-settled";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "Credit note %s has settled its invoice, and the subscription went on from there: issue a new invoice instead."
          .formatted(noteId);
    }
  }
}
