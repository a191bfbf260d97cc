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
}
