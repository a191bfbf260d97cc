package io.billingledger.run;

import io.billingledger.journal.AccountingCalendars;
import io.billingledger.journal.AccountingPeriods;
import io.billingledger.journal.AccountingPeriods.Standing;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.view.journal.JournalReader;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;

/** Whether the months that were closed are what they were then. */
public final class ClosedMonths {
  private final AccountingCalendars calendars;
  private final JournalReader reader;
  private final LegalEntity legalEntity;

  public ClosedMonths(
      AccountingCalendars calendars, JournalReader reader, LegalEntity legalEntity) {
    this.calendars = calendars;
    this.reader = reader;
    this.legalEntity = legalEntity;
  }

  /** The months whose entries do not give the digest any more with which they were closed. */
  List<YearMonth> broken() {
    AccountingPeriods periods = calendars.of(legalEntity.id());
    return periods.months().entrySet().stream()
        .filter(month -> periods.standing(month.getKey()) != Standing.OPEN)
        .filter(month -> month.getValue().closed() != null)
        .filter(
            month ->
                !month
                    .getValue()
                    .closed()
                    .books()
                    .digest()
                    .equals(reader.month(legalEntity.id(), month.getKey()).digest()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
