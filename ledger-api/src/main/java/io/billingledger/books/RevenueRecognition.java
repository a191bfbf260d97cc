package io.billingledger.books;

import io.billingledger.journal.AccountingCalendars;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.RevenueId;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import io.billingledger.revenue.RevenueCommand.RecogniseRevenue;
import io.billingledger.revenue.RevenueEvent.Earned;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.time.LocalDays;
import io.billingledger.view.revenue.RevenueRow;
import io.billingledger.view.revenue.RevenueRows;
import io.billingledger.wiring.DueWork;
import io.billingledger.wiring.Positions;
import io.billingledger.wiring.Quiet;
import io.billingledger.wiring.Repeated;
import io.billingledger.wiring.Repeating;
import io.billingledger.wiring.UnitsOfWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Recognises each month's revenue when it has ended in the legal entity's zone, month after month,
 * tenant by tenant. A tenant's month is one event and is recognised once, so one that dies half way
 * is simply begun again. What is booked later than the month's end counts in the next one.
 */
public final class RevenueRecognition implements Repeated, DueWork {
  private static final Logger LOG = LoggerFactory.getLogger(RevenueRecognition.class);
  private static final Actor ACTOR = Actor.system("revenue");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final JdbcTemplate database;
  private final RevenueRows rows;
  private final LegalEntity legalEntity;
  private final AccountingCalendars calendars;
  private final Commands commands;
  private final UnitsOfWork units;
  private final Positions views;
  private final Quiet history;
  private final Clock clock;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Repeating repeating;

  /**
   * @param pause between two looks; zero where something else drives it
   */
  public RevenueRecognition(
      JdbcTemplate database,
      RevenueRows rows,
      LegalEntity legalEntity,
      AccountingCalendars calendars,
      Commands commands,
      UnitsOfWork units,
      Positions views,
      Quiet history,
      Clock clock,
      Duration pause) {
    this.database = database;
    this.rows = rows;
    this.legalEntity = legalEntity;
    this.calendars = calendars;
    this.commands = commands;
    this.units = units;
    this.views = views;
    this.history = history;
    this.clock = clock;
    this.repeating =
        new Repeating(
            "revenue-recognition",
            pause,
            this::runDue,
            failure -> LOG.warn("revenue waits to be recognised: {}", failure.toString()));
  }

  @Override
  public Optional<Instant> nextDue() {
    return Scope.allTenants(() -> units.perform(this::next))
        .map(month -> LocalDays.startOf(month.plusMonths(1).atDay(1), legalEntity.zone()));
  }

  @Override
  public boolean busy() {
    return busy.get();
  }

  @Override
  public void runDue() {
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    try {
      Optional<Instant> due = nextDue();
      while (due.isPresent() && !due.get().isAfter(clock.instant())) {
        recognise(Scope.allTenants(() -> units.perform(this::next)).orElseThrow());
        due = nextDue();
      }
    } catch (RuntimeException e) {
      // It stays due and is begun again; who was recognised is not recognised again.
      LOG.error("revenue waits to be recognised", e);
    } finally {
      busy.set(false);
    }
  }

  /**
   * The first month that is not recognised; empty before anything was invoiced. In a transaction.
   */
  Optional<YearMonth> next() {
    List<LocalDate> last =
        database.queryForList(
            "SELECT max(month) FROM revenue_month WHERE legal_entity_id = ?",
            LocalDate.class,
            legalEntity.id());
    return last.getFirst() == null
        ? rows.first().map(YearMonth::from)
        : Optional.of(YearMonth.from(last.getFirst()).plusMonths(1));
  }

  private void recognise(YearMonth month) {
    LocalDate end = month.plusMonths(1).atDay(1);
    if (!views.await(history.head(), PATIENCE)) {
      throw new IllegalStateException("the views have not followed to the end of " + month);
    }
    List<TenantId> tenants = Scope.allTenants(() -> units.perform(() -> rows.tenants(end)));
    for (TenantId tenant : tenants) {
      Scope.allTenants(() -> units.perform(() -> recognise(tenant, month, end)));
    }
    Scope.allTenants(
        () ->
            units.perform(
                () ->
                    database.update(
                        "INSERT INTO revenue_month (legal_entity_id, month, recognised_at, tenants)"
                            + " VALUES (?, ?, ?::timestamptz, ?) ON CONFLICT DO NOTHING",
                        legalEntity.id(),
                        month.atDay(1),
                        clock.instant().toString(),
                        tenants.size())));
    LOG.info("revenue of {} is recognised, {} tenants", month, tenants.size());
  }

  private boolean recognise(TenantId tenant, YearMonth month, LocalDate end) {
    List<Earned> earned =
        rows.unfinished(tenant, end).stream()
            .map(row -> earned(row, end))
            .filter(each -> !each.amount().isZero())
            .toList();
    commands.send(
        new RecogniseRevenue(
            RevenueId.of(tenant),
            tenant,
            legalEntity.id(),
            month,
            earned,
            calendars.held(legalEntity.id()).days().openDay(month.atEndOfMonth()),
            clock.instant()),
        ACTOR);
    return !earned.isEmpty();
  }

  private static Earned earned(RevenueRow row, LocalDate end) {
    return new Earned(
        row.line().invoiceId(),
        row.lineKey(),
        row.productCode(),
        row.line().schedule().earnedBefore(end).minus(row.recognised()));
  }

  @Override
  public Repeating repeating() {
    return repeating;
  }
}
