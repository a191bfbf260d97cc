package io.billingledger.invoice;

import io.billingledger.kernel.InvoiceId;
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
}
