package io.billingledger.run;

import io.billingledger.kernel.TenantId;
import io.billingledger.metering.UsageVerification;
import io.billingledger.run.Checks.Question;
import io.billingledger.run.Run.Check;
import io.billingledger.wiring.Quiet;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Named checks. Views follow events each at its own pace, so a difference may be one of time only:
 * a break counts when it is found, everybody has followed up to then, and it is found again just
 * the same. So it works beside a ledger in use.
 */
public final class Reconciliation {
  private static final int IDS = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Runs runs;
  private final JdbcTemplate database;
  private final TransactionTemplate reading;
  private final Quiet quiet;
  private final ClosedMonths closed;
  private final Asking asking;
  private final UsageCounts usage;
  private final Breaks breaks;
  private final BreakHistory history;
  private final Clock clock;
  private final Supplier<Rebuild> rebuilds;

  Reconciliation(
      Runs runs,
      JdbcTemplate database,
      TransactionTemplate reading,
      Quiet quiet,
      ClosedMonths closed,
      Breaks breaks,
      BreakHistory history,
      Clock clock,
      UsageCounts usage,
      Supplier<Rebuild> rebuilds) {
    this.runs = runs;
    this.database = database;
    this.reading = reading;
    this.quiet = quiet;
    this.closed = closed;
    this.breaks = breaks;
    this.history = history;
    this.clock = clock;
    this.usage = usage;
    this.asking = new Asking(database, reading);
    this.rebuilds = rebuilds;
  }

  void carryOut(Run run, BooleanSupplier goesOn) {
    look(run, goesOn);
    history.tell();
  }

  private void look(Run run, BooleanSupplier goesOn) {
    quiet.await(PATIENCE);
    long head = quiet.head();
    int place = 0;
    runs.looksAt(run.id(), head, head + Checks.ALL.size() + 2);
    usage.again(reach(run));
    for (Question question : Checks.ALL) {
      if (!goesOn.getAsBoolean()) {
        return;
      }
      runs.record(run.id(), place++, check(run, question.name(), () -> look(run, question)));
      runs.progressed(run.id(), place);
    }
    if (!goesOn.getAsBoolean()) {
      return;
    }
    runs.record(run.id(), place++, check(run, Checks.USAGE, () -> usage(run)));
    runs.progressed(run.id(), place);
    if (!goesOn.getAsBoolean()) {
      return;
    }
    runs.record(run.id(), place++, check(run, Checks.PERIODS, () -> periods(run)));
    runs.progressed(run.id(), place);
    Optional<List<Finding>> differences = rebuild(run, head, place, goesOn);
    if (differences.isPresent()) {
      runs.record(run.id(), place, result(run, Checks.REBUILD, differences.get()));
      runs.progressed(run.id(), head + place);
    }
  }

  private Check check(Run run, String name, Supplier<List<Finding>> look) {
    List<Finding> found = look.get();
    if (!found.isEmpty()) {
      quiet.await(PATIENCE);
      found = Asking.both(found, look.get());
    }
    return result(run, name, found);
  }

  private Optional<List<Finding>> rebuild(Run run, long head, int done, BooleanSupplier goesOn) {
    try (Rebuild rebuild = rebuilds.get()) {
      boolean made =
          rebuild.follow(
              head,
              handled -> {
                runs.progressed(run.id(), done + handled);
                return goesOn.getAsBoolean();
              });
      if (!made) {
        return Optional.empty();
      }
      List<Finding> found = of(run, rebuild.differences());
      if (!found.isEmpty()) {
        quiet.await(PATIENCE);
        rebuild.follow(quiet.head(), _ -> true);
        found = Asking.both(found, of(run, rebuild.differences()));
      }
      return Optional.of(found);
    }
  }

  private List<Finding> look(Run run, Question question) {
    return of(run, asking.look(question, reach(run), run.asOf()));
  }

  private List<Finding> usage(Run run) {
    return of(
        run,
        reading.execute(
            _ ->
                new UsageVerification(database)
                    .broken().stream()
                        .map(
                            broken ->
                                new Finding(
                                    broken.id(), broken.tenantId().value(), null, null, "digest"))
                        .toList()));
  }

  private List<Finding> periods(Run run) {
    return of(
        run,
        reading.execute(
            _ ->
                closed.broken().stream()
                    .map(month -> new Finding(month.toString(), null, null, null, "digest"))
                    .toList()));
  }

  private static Reach reach(Run run) {
    return run.tenantIds() == null
        ? Reach.EVERYBODY
        : new Reach(
            run.tenantIds().stream().map(TenantId::value).collect(Collectors.toUnmodifiableSet()));
  }

  private static List<Finding> of(Run run, List<Finding> found) {
    Reach reach = reach(run);
    return reach.isEverybody()
        ? found
        : found.stream()
            .filter(one -> one.tenantId() != null && reach.tenants().contains(one.tenantId()))
            .toList();
  }

  private Check result(Run run, String name, List<Finding> found) {
    if (run.tenantIds() == null) {
      breaks.record(name, Reach.EVERYBODY, found, clock.instant());
    }
    return new Check(
        name,
        found.isEmpty() ? CheckStatus.OK : CheckStatus.BROKEN,
        found.size(),
        Breaks.amounts(found),
        found.stream().map(Finding::id).limit(IDS).toList());
  }
}
