package io.billingledger.journal;

import io.billingledger.journal.CalendarCommand.ApprovePeriodChange;
import io.billingledger.journal.CalendarCommand.RejectPeriodChange;
import io.billingledger.journal.CalendarCommand.RequestPeriodChange;
import io.billingledger.kernel.CalendarId;
import io.billingledger.kernel.PeriodChangeId;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;

/** A legal entity's accounting calendar without its shell. */
public final class CalendarBook {
  private static final String ENTITY = "default";
  private static final CalendarId ID = CalendarId.of(ENTITY);

  private CalendarState state = CalendarState.NONE;

  public CalendarState days() {
    return state;
  }

  public void ask(
      YearMonth month, PeriodChange change, YearMonth first, boolean over, String by, Instant at) {
    happened(
        state.decide(
            new RequestPeriodChange(
                ID,
                ENTITY,
                month,
                PeriodChangeId.derive(month, change, at),
                change,
                first,
                over,
                "test",
                by,
                at)));
  }

  public void approve(YearMonth month, MonthBooks books, String by, Instant at) {
    happened(state.decide(new ApprovePeriodChange(ID, month, state.pending().id(), books, by, at)));
  }

  public void reject(YearMonth month, String by, Instant at) {
    happened(state.decide(new RejectPeriodChange(ID, month, "test", by, at)));
  }

  private void happened(List<CalendarEvent> events) {
    events.forEach(event -> state = state.evolve(event));
  }
}
