package io.billingledger.journal;

import io.billingledger.kernel.Rejection;

/** Why a chart of accounts refuses. */
public sealed interface ChartRejection extends Rejection {

  record NumberTaken(String number, Account account, String accountDetail)
      implements ChartRejection {
    @Override
    public String code() {
      return "chart.number-taken";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The number %s is that of %s %s.".formatted(number, account, accountDetail);
    }
  }

  record AccountUnknown(Account account, String accountDetail) implements ChartRejection {
    @Override
    public String code() {
      return "chart.account-unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "Nobody has named an account %s %s.".formatted(account, accountDetail).strip();
    }
  }

  record AccountOfRules(Account account) implements ChartRejection {
    @Override
    public String code() {
      return "chart.account-of-rules";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "%s follows the posting rules; only accounts of finance's own are closed."
          .formatted(account);
    }
  }
}
