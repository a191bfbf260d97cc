package io.billingledger.credit;

import io.billingledger.kernel.Rejection;
import java.time.Instant;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Why something cannot be done with a tenant's credit. */
public sealed interface CreditRejection extends Rejection {

  /** A grant that was drawn from cannot be taken back. */
  record CreditSpent(Money amount, Money left) implements CreditRejection {
    @Override
    public String code() {
      return "credit.spent";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "Of the credit of %s only %s is left: invoices have drawn the rest."
          .formatted(amount, left);
    }
  }

  record CreditNotPositive(Money amount) implements CreditRejection {
    @Override
    public String code() {
      return "credit.amount-not-positive";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "Credit is more than nothing, not " + amount + ".";
    }
  }

  record CreditExpiresInPast(Instant expiresAt, Instant now) implements CreditRejection {
    @Override
    public String code() {
      return "credit.expires-in-past";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "Credit that expires at %s is of no use: it is %s.".formatted(expiresAt, now);
    }
  }

  record CreditCurrencyMismatch(Money amount, CurrencyUnit currency) implements CreditRejection {
    @Override
    public String code() {
      return "credit.currency-mismatch";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "The tenant is billed in %s: %s is of no use to it.".formatted(currency, amount);
    }
  }
}
