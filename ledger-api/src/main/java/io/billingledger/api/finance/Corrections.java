package io.billingledger.api.finance;

import io.billingledger.journal.AccountingCalendars;
import io.billingledger.journal.AccountingPeriods;
import io.billingledger.view.journal.EntryRow;
import io.billingledger.view.journal.Journal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Which day of a closed month an entry corrects: the one it names itself, or that of its invoice
 * where the invoice's month was closed when the entry was posted in a later one.
 */
@Component
class Corrections {
  private final AccountingCalendars calendars;
  private final Journal journal;

  Corrections(AccountingCalendars calendars, Journal journal) {
    this.calendars = calendars;
    this.journal = journal;
  }

  /** By entry; without those that correct nothing. */
  Map<String, LocalDate> of(List<EntryRow> entries) {
    Map<String, LocalDate> issued =
        journal.issueDays(
            entries.stream().map(EntryRow::invoiceId).filter(Objects::nonNull).distinct().toList());
    Map<String, AccountingPeriods> periods = new HashMap<>();
    Map<String, LocalDate> corrects = new HashMap<>();
    for (EntryRow entry : entries) {
      LocalDate day =
          entry.corrects() != null
              ? entry.corrects()
              : correctedBy(
                  entry,
                  issued.get(entry.invoiceId()),
                  periods.computeIfAbsent(entry.legalEntityId(), calendars::of));
      if (day != null) {
        corrects.put(entry.id(), day);
      }
    }
    return corrects;
  }

  private static LocalDate correctedBy(
      EntryRow entry, LocalDate issuedOn, AccountingPeriods periods) {
    if (issuedOn == null) {
      return null;
    }
    YearMonth month = YearMonth.from(issuedOn);
    return month.isBefore(YearMonth.from(entry.date()))
            && periods.wasClosed(month, entry.postedAt())
        ? issuedOn
        : null;
  }
}
