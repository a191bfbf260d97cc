package io.billingledger.wiring;

import io.billingledger.journal.AccountingCalendars;
import io.billingledger.journal.AccountingPeriods;
import io.billingledger.journal.CalendarEvent;
import io.billingledger.kernel.CalendarId;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Accounting calendars as their own history tells them; PostgreSQL's locks hold them still. */
@Component
class CalendarHistory implements AccountingCalendars {
  private final Histories<AccountingPeriods> calendars;
  private final JdbcTemplate database;

  CalendarHistory(EventStore store, JdbcTemplate database) {
    this.database = database;
    this.calendars =
        new Histories<>(
            store,
            AccountingPeriods.NONE,
            (periods, event) -> periods.evolve((CalendarEvent) event));
  }

  @Override
  public AccountingPeriods of(String legalEntityId) {
    return calendars.of(CalendarId.of(legalEntityId).value()).orElse(AccountingPeriods.NONE);
  }

  @Override
  public AccountingPeriods held(String legalEntityId) {
    lock("pg_advisory_xact_lock_shared", legalEntityId);
    return of(legalEntityId);
  }

  @Override
  public AccountingPeriods closing(String legalEntityId) {
    lock("pg_advisory_xact_lock", legalEntityId);
    return of(legalEntityId);
  }

  private void lock(String function, String legalEntityId) {
    database.query(
        "SELECT " + function + "(hashtextextended('books/' || ?, 0))", _ -> {}, legalEntityId);
  }
}
