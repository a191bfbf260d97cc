package io.billingledger.api.runs;

import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.kernel.RunId;
import io.billingledger.kernel.TenantId;
import io.billingledger.run.CheckStatus;
import io.billingledger.run.Run;
import io.billingledger.run.RunKind;
import io.billingledger.run.RunOutcome;
import io.billingledger.run.RunStatus;
import io.billingledger.run.Runs;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * A run, with a page of its report.
 *
 * @param tenantIds null for everybody
 * @param total null until it is known
 * @param failed how many of those done failed
 * @param position of the last event that a reconciliation looked at
 * @param ratePerSecond in real time
 * @param secondsLeft at this rate; null while nobody can tell
 * @param detail why it failed or was stopped
 * @param checks of a reconciliation
 */
record RunBody(
    RunId id,
    RunKind kind,
    RunStatus status,
    Instant asOf,
    boolean dryRun,
    List<TenantId> tenantIds,
    String requestedBy,
    Instant requestedAt,
    Long total,
    long done,
    long failed,
    Instant startedAt,
    Instant finishedAt,
    BigDecimal ratePerSecond,
    Long secondsLeft,
    Long position,
    String detail,
    List<Line> report,
    boolean hasMore,
    String nextCursor,
    List<Check> checks) {

  /** What it came to for one subscription or invoice of a tenant. */
  record Line(TenantId tenantId, String subjectId, RunOutcome outcome, String detail) {
    static Line of(Run.Item item) {
      return new Line(item.tenantId(), item.subjectId(), item.outcome(), item.detail());
    }
  }

  /**
   * @param amount how much is broken, in each currency
   * @param ids the first hundred
   */
  record Check(String name, CheckStatus status, long count, List<Money> amount, List<String> ids) {
    static Check of(Run.Check check) {
      return new Check(
          check.name(),
          check.status(),
          check.count(),
          check.amounts().entrySet().stream()
              .map(
                  entry ->
                      Money.of(
                          CurrencyUnit.of(entry.getKey()),
                          new BigDecimal(entry.getValue()),
                          RoundingMode.HALF_UP))
              .toList(),
          check.ids());
    }
  }

  static RunBody of(Run run, Runs runs, Paging paging) {
    Page<Line> report =
        paging
            .page(
                runs.report(run.id(), paging.oldestFirst().position(), paging.fetch()),
                item -> new Cursor(item.number(), item.subjectId()))
            .map(Line::of);
    BigDecimal rate = rate(run);
    return new RunBody(
        run.id(),
        run.kind(),
        run.status(),
        run.asOf(),
        run.dryRun(),
        run.tenantIds(),
        run.requestedBy(),
        run.requestedAt(),
        run.total(),
        run.done(),
        run.failed(),
        run.startedAt(),
        run.finishedAt(),
        rate,
        secondsLeft(run, rate),
        run.position(),
        run.detail(),
        report.data(),
        report.hasMore(),
        report.nextCursor(),
        runs.checks(run.id()).stream().map(Check::of).toList());
  }

  private static BigDecimal rate(Run run) {
    long millis = run.worked().toMillis();
    return millis == 0
        ? BigDecimal.ZERO.setScale(1)
        : BigDecimal.valueOf((run.done() - run.doneBefore()) * 1000)
            .divide(BigDecimal.valueOf(millis), 1, RoundingMode.HALF_UP);
  }

  private static Long secondsLeft(Run run, BigDecimal rate) {
    if (run.status().over()) {
      return 0L;
    }
    return run.total() == null || rate.signum() <= 0
        ? null
        : BigDecimal.valueOf(run.total() - run.done())
            .divide(rate, 0, RoundingMode.CEILING)
            .longValueExact();
  }
}
