package io.billingledger.api.finance;

import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.books.MonthEnd;
import io.billingledger.journal.Account;
import io.billingledger.journal.AccountingCalendars;
import io.billingledger.journal.AccountingPeriods;
import io.billingledger.journal.AccountingPeriods.Period;
import io.billingledger.journal.AccountingPeriods.Standing;
import io.billingledger.journal.CalendarCommand.ApprovePeriodChange;
import io.billingledger.journal.CalendarCommand.RejectPeriodChange;
import io.billingledger.journal.CalendarCommand.RequestPeriodChange;
import io.billingledger.journal.CalendarEvent.PeriodChangeRequested;
import io.billingledger.journal.CalendarEvent.PeriodClosed;
import io.billingledger.journal.CalendarEvent.PeriodLocked;
import io.billingledger.journal.MonthBooks;
import io.billingledger.journal.PeriodChange;
import io.billingledger.kernel.CalendarId;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.PeriodChangeId;
import io.billingledger.tenant.LegalEntity;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.joda.money.Money;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The months of the books. Whatever changes one takes two people. */
@RestController
@RequestMapping("/api/finance/periods")
@Tag(name = "Finance")
class PeriodController {
  private final Commands commands;
  private final AccountingCalendars calendars;
  private final MonthEnd months;
  private final LegalEntity legalEntity;

  PeriodController(
      Commands commands, AccountingCalendars calendars, MonthEnd months, LegalEntity legalEntity) {
    this.commands = commands;
    this.calendars = calendars;
    this.months = months;
    this.legalEntity = legalEntity;
  }

  record Reason(@NotBlank @Size(max = 1000) String reason) {}

  /**
   * @param changeId the change that was asked for, as it was read
   */
  record Approval(@NotNull PeriodChangeId changeId) {}

  /**
   * @param pending what is asked and not decided
   * @param closed how it was closed the last time, also when it was opened again
   */
  record PeriodResource(
      YearMonth month,
      String legalEntityId,
      Standing status,
      Pending pending,
      Closed closed,
      Locked locked) {

    static PeriodResource of(YearMonth month, String legalEntityId, AccountingPeriods periods) {
      Period period = periods.of(month);
      return new PeriodResource(
          month,
          legalEntityId,
          periods.standing(month),
          period.pending() == null ? null : Pending.of(period.pending()),
          period.closed() == null ? null : Closed.of(period.closed()),
          period.locked() == null ? null : Locked.of(period.locked()));
    }
  }

  /**
   * @param changeId what an approval names
   */
  record Pending(
      PeriodChangeId changeId,
      PeriodChange change,
      String reason,
      String requestedBy,
      Instant requestedAt) {
    static Pending of(PeriodChangeRequested asked) {
      return new Pending(asked.id(), asked.change(), asked.reason(), asked.by(), asked.at());
    }
  }

  /**
   * @param digest SHA-256 over the month's entries, in hexadecimal
   */
  record Closed(
      String digest,
      int entries,
      List<Movement> movements,
      String requestedBy,
      String approvedBy,
      Instant closedAt) {
    static Closed of(PeriodClosed closed) {
      return new Closed(
          closed.books().digest(),
          closed.books().entries(),
          closed.books().movements().stream().map(Movement::of).toList(),
          closed.requestedBy(),
          closed.by(),
          closed.at());
    }
  }

  /** What was posted to an account in the month. */
  record Movement(Account account, String detail, Money debit, Money credit) {
    static Movement of(MonthBooks.Movement movement) {
      return new Movement(
          movement.account(), movement.detail(), movement.debit(), movement.credit());
    }
  }

  record Locked(String requestedBy, String approvedBy, Instant lockedAt) {
    static Locked of(PeriodLocked locked) {
      return new Locked(locked.requestedBy(), locked.by(), locked.at());
    }
  }

  /**
   * @param expected as it was closed; null while it never was
   * @param digest of the entries as they stand now
   * @param reproduced whether both are the same; null while it is open
   */
  record Verification(
      YearMonth month, String expected, String digest, int entries, Boolean reproduced) {}

  @PostMapping("/{month}/close")
  @Operation(operationId = "closePeriod", summary = "Ask for a month to be closed")
  PeriodResource close(
      @PathVariable YearMonth month,
      @Valid @RequestBody Reason why,
      Caller caller,
      CommandKey key,
      @Now Instant now) {
    return request(month, PeriodChange.CLOSE, why, caller, key, now);
  }

  @PostMapping("/{month}/lock")
  @Operation(
      operationId = "lockPeriod",
      summary = "Ask for a closed month, and all before it, to be locked for ever")
  PeriodResource lock(
      @PathVariable YearMonth month,
      @Valid @RequestBody Reason why,
      Caller caller,
      CommandKey key,
      @Now Instant now) {
    return request(month, PeriodChange.LOCK, why, caller, key, now);
  }

  @PostMapping("/{month}/reopen")
  @Operation(operationId = "reopenPeriod", summary = "Ask for the last closed month to be opened")
  PeriodResource reopen(
      @PathVariable YearMonth month,
      @Valid @RequestBody Reason why,
      Caller caller,
      CommandKey key,
      @Now Instant now) {
    return request(month, PeriodChange.REOPEN, why, caller, key, now);
  }

  @PostMapping("/{month}/approve")
  @Operation(
      operationId = "approvePeriodChange",
      summary = "Close, lock or open a month, as somebody else asked")
  PeriodResource approve(
      @PathVariable YearMonth month,
      @Valid @RequestBody Approval approved,
      Caller caller,
      @Now Instant now) {
    AccountingPeriods before = calendars.closing(legalEntity.id());
    PeriodChangeRequested asked = before.of(month).pending();
    MonthBooks books =
        asked != null && asked.change() == PeriodChange.CLOSE ? months.books(month) : null;
    commands.send(
        new ApprovePeriodChange(
            CalendarId.of(legalEntity.id()),
            month,
            approved.changeId(),
            books,
            caller.actor().name(),
            now),
        caller.actor());
    return answer(month);
  }

  @PostMapping("/{month}/reject")
  @Operation(operationId = "rejectPeriodChange", summary = "Leave a month as it is")
  PeriodResource reject(
      @PathVariable YearMonth month,
      @Valid @RequestBody Reason why,
      Caller caller,
      @Now Instant now) {
    commands.send(
        new RejectPeriodChange(
            CalendarId.of(legalEntity.id()), month, why.reason(), caller.actor().name(), now),
        caller.actor());
    return answer(month);
  }

  @GetMapping
  @Transactional(readOnly = true)
  @Operation(operationId = "listPeriods", summary = "The months of the books, the last one first")
  public Page<PeriodResource> list(Paging paging, @Now Instant now) {
    AccountingPeriods periods = calendars.of(legalEntity.id());
    long below = paging.newestFirst().position();
    return paging
        .page(
            months.untilNow(now).stream()
                .filter(month -> place(month) < below)
                .limit(paging.fetch())
                .toList(),
            month -> new Cursor(place(month), legalEntity.id()))
        .map(month -> PeriodResource.of(month, legalEntity.id(), periods));
  }

  @GetMapping("/{month}")
  @Transactional(readOnly = true)
  @Operation(operationId = "getPeriod", summary = "A month of the books")
  public PeriodResource get(@PathVariable YearMonth month) {
    return answer(month);
  }

  @GetMapping("/{month}/verification")
  @Transactional(readOnly = true)
  @Operation(
      operationId = "verifyPeriod",
      summary = "Make a month's digest again from its entries, and compare")
  public Verification verify(@PathVariable YearMonth month) {
    AccountingPeriods periods = calendars.of(legalEntity.id());
    PeriodClosed closed = periods.of(month).closed();
    MonthBooks now = months.present(month);
    return new Verification(
        month,
        closed == null ? null : closed.books().digest(),
        now.digest(),
        now.entries(),
        periods.standing(month) == Standing.OPEN || closed == null
            ? null
            : closed.books().digest().equals(now.digest()));
  }

  private PeriodResource request(
      YearMonth month,
      PeriodChange change,
      Reason why,
      Caller caller,
      CommandKey key,
      Instant now) {
    commands.send(
        new RequestPeriodChange(
            CalendarId.of(legalEntity.id()),
            legalEntity.id(),
            month,
            key.derive(PeriodChangeId::derive),
            change,
            months.first().orElse(null),
            months.isOver(month, now),
            why.reason(),
            caller.actor().name(),
            now),
        caller.actor());
    return answer(month);
  }

  private PeriodResource answer(YearMonth month) {
    return PeriodResource.of(month, legalEntity.id(), calendars.of(legalEntity.id()));
  }

  private static long place(YearMonth month) {
    return month.getYear() * 12L + month.getMonthValue();
  }
}
