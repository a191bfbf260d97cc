package io.billingledger.journal;

import io.billingledger.kernel.PeriodChangeId;
import io.billingledger.kernel.Rejection;
import java.time.YearMonth;
import java.util.Locale;

/** Why an accounting calendar refuses. */
public sealed interface CalendarRejection extends Rejection {

  record PeriodNotOver(YearMonth month) implements CalendarRejection {
    @Override
    public String code() {
      return "period.not-over";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The month %s has not ended, or only just now.".formatted(month);
    }
  }

  record PeriodOutOfOrder(YearMonth month, YearMonth next) implements CalendarRejection {
    @Override
    public String code() {
      return "period.out-of-order";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "Months are closed and opened in their order: it is the turn of %s, not of %s."
          .formatted(next, month);
    }
  }

  record PeriodNotOpen(YearMonth month) implements CalendarRejection {
    @Override
    public String code() {
      return "period.not-open";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The month %s is closed already.".formatted(month);
    }
  }

  record PeriodNotClosed(YearMonth month) implements CalendarRejection {
    @Override
    public String code() {
      return "period.not-closed";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The month %s is not closed.".formatted(month);
    }
  }

  record PeriodIsLocked(YearMonth month) implements CalendarRejection {
    @Override
    public String code() {
      return "period.locked";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The month %s is locked for ever.".formatted(month);
    }
  }

  record PeriodChangePending(YearMonth month, PeriodChange change) implements CalendarRejection {
    @Override
    public String code() {
      return "period.change-pending";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "It is asked already to %s the month %s; that is to be decided first."
          .formatted(change.name().toLowerCase(Locale.ROOT), month);
    }
  }

  record NoPeriodChange(YearMonth month) implements CalendarRejection {
    @Override
    public String code() {
      return "period.nothing-requested";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "Nothing is asked for the month %s.".formatted(month);
    }
  }

  record OtherPeriodChange(YearMonth month, PeriodChangeId named, PeriodChangeId pending)
      implements CalendarRejection {
    @Override
    public String code() {
      return "period.other-change";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "What is asked for the month %s is the change %s, not %s: read it before approving it."
          .formatted(month, pending, named);
    }
  }

  record PeriodSamePerson(String by) implements CalendarRejection {
    @Override
    public String code() {
      return "period.same-person";
    }

    @Override
    public Kind kind() {
      return Kind.FORBIDDEN;
    }

    @Override
    public String detail() {
      return "Somebody else than %s must approve what %s asked for.".formatted(by, by);
    }
  }
}
