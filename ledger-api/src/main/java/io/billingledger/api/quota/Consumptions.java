package io.billingledger.api.quota;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.idempotency.Answers;
import io.billingledger.entitlement.Allowance;
import io.billingledger.entitlement.ConsumptionDecision;
import io.billingledger.entitlement.ConsumptionDecision.Allowed;
import io.billingledger.entitlement.ConsumptionDecision.Charged;
import io.billingledger.entitlement.ConsumptionDecision.Refused;
import io.billingledger.entitlement.ConsumptionDecision.Warned;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageId;
import io.billingledger.metering.UsageStore;
import io.billingledger.usage.UsageRecord;
import io.billingledger.usage.UsageRejection;
import io.billingledger.usage.UsageRejection.AlreadyReversed;
import io.billingledger.usage.UsageRejection.ConsumptionUnknown;
import io.billingledger.usage.UsageRejection.KeyConflict;
import io.billingledger.usage.UsageRejection.MetricUnknown;
import io.billingledger.view.quota.Quota;
import io.billingledger.view.quota.QuotaView;
import io.billingledger.wiring.GroupTransactions;
import io.billingledger.wiring.Positions;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Consumes and takes back. What fits into a quota that was read lately is counted together with
 * what others ask for, in one statement that holds that quota against what is true now. Else there
 * are three in the request's transaction: read what is allowed, count under the counter's lock, add
 * the record. Refusals are decided on what was just read, and leave nothing.
 */
public final class Consumptions {
  private static final int ATTEMPTS = 10;

  private final QuotaView quotas;
  private final CounterRows counters;
  private final UsageStore records;
  private final ConsumptionGroups groups;
  private final RecentQuotas recent = new RecentQuotas();
  private final Positions positions;
  private final LimitWarnings warnings;

  public Consumptions(
      JdbcTemplate rows,
      GroupTransactions transactions,
      UsageStore records,
      Positions positions,
      Commands commands,
      Clock clock) {
    JdbcClient database = JdbcClient.create(rows);
    this.groups = new ConsumptionGroups(transactions, records, clock);
    this.quotas = new QuotaView(database);
    this.counters = new CounterRows(database);
    this.records = records;
    this.positions = positions;
    this.warnings = new LimitWarnings(database, commands);
  }

  /** The request that asks: who, and under which key. */
  public record Asked(UsageId id, TenantId tenant, Actor actor, String key) {}

  /**
   * @param product null for the primary one
   * @param quantity positive
   */
  public record Wanted(String product, String module, String metric, BigDecimal quantity) {}

  /**
   * @param decision what the limit said; also to a reversal, about what is left
   */
  public record Counted(UsageRecord usage, Allowance allowance, ConsumptionDecision decision) {}

  /**
   * Outside any transaction: consumes together with others. Empty when it must be {@link #consume}d
   * in a unit of work of its own; then nothing has changed.
   */
  public Optional<Counted> together(Asked asked, Wanted wanted) {
    return together(asked, wanted, null).map(ConsumptionGroups.Done::counted);
  }

  /**
   * @param answer what is kept under the caller's key in the same transaction; null if nothing
   */
  Optional<ConsumptionGroups.Done> together(
      Asked asked, Wanted wanted, Function<Counted, Answers.Kept> answer) {
    RecentQuotas.Of which = which(asked, wanted);
    Optional<Quota> quota = recent.find(which);
    if (quota.isEmpty()) {
      return Optional.empty();
    }
    Optional<ConsumptionGroups.Done> done =
        groups.perform(
            new ConsumptionGroups.Wanted(
                asked, wanted.product(), quota.get(), wanted.quantity(), answer));
    if (done.isEmpty()) {
      recent.forget(which);
    }
    return done;
  }

  /**
   * In the request's transaction.
   *
   * @throws Rejected {@code tenant.read-only}, {@code quota.not-running}, {@code metric.unknown},
   *     {@code quota.exceeded}, {@code usage.key-conflict}
   */
  public Counted consume(Asked asked, Wanted wanted, Instant at) {
    String module = wanted.module();
    String metric = wanted.metric();
    BigDecimal quantity = wanted.quantity();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Quota quota = trusted(quotas.of(asked.tenant(), wanted.product(), module, metric));
      quota.license().check();
      Quota.Line line =
          quota.lines().stream()
              .findFirst()
              .orElseThrow(
                  () ->
                      new Rejected(
                          new MetricUnknown(quota.subscription().planCode(), module, metric)));
      if (line.allowance().decide(line.used(), quantity) instanceof Refused refused) {
        throw new Rejected(refused.rejection());
      }
      Optional<BigDecimal> used = counters.count(quota, line, quantity);
      if (used.isPresent()) {
        recent.keep(which(asked, wanted), quota);
        return recorded(asked, quota, line.allowance(), used.get(), quantity, at);
      }
      // Others were faster, or the cycle turned or a hold was placed: decide again on what is now.
    }
    throw new ConcurrencyException("the counter of %s/%s is too busy".formatted(module, metric));
  }

  /**
   * Possible whatever the tenant's access is: it corrects what was recorded, in the record's own
   * cycle.
   *
   * @throws Rejected {@code consumption.unknown}, {@code consumption.already-reversed}
   */
  Counted reverse(Asked asked, UsageId id, Instant at) {
    UsageStore.Found found =
        records
            .find(asked.tenant(), id)
            .filter(each -> each.usage().counted() != null && each.usage().reverses() == null)
            .orElseThrow(() -> new Rejected(new ConsumptionUnknown(id)));
    found
        .reversedBy()
        .ifPresent(
            by -> {
              throw new Rejected(new AlreadyReversed(id, by));
            });
    UsageRecord consumption = found.usage();
    Allowance allowance =
        quotas
            .limit(
                consumption.counted().planCode(),
                consumption.counted().planVersion(),
                consumption.module(),
                consumption.metric())
            .orElseThrow(Consumptions::rebuilding);
    BigDecimal before = counters.lock(consumption);
    BigDecimal used = before.subtract(consumption.quantity());
    UsageRecord reversal =
        consumption.reversal(
            asked.id(),
            allowance.beyond(used).subtract(allowance.beyond(before)),
            at,
            asked.actor(),
            asked.key());
    if (!add(reversal)) {
      throw new Rejected(
          records
              .find(asked.tenant(), id)
              .flatMap(UsageStore.Found::reversedBy)
              .<UsageRejection>map(by -> new AlreadyReversed(id, by))
              .orElseGet(() -> new KeyConflict(asked.key(), asked.id())));
    }
    counters.uncount(consumption);
    return new Counted(reversal, allowance, new Allowed(used));
  }

  /** What the tenant may use; not while the view that says so is being rebuilt. */
  Quota quota(TenantId tenant, String product) {
    Quota quota = quotas.of(tenant, product);
    if (quota.trustedAfter().isPresent() && !passed(quota.trustedAfter().getAsLong())) {
      throw rebuilding();
    }
    return quota;
  }

  private Counted recorded(
      Asked asked,
      Quota quota,
      Allowance allowance,
      BigDecimal used,
      BigDecimal quantity,
      Instant at) {
    ConsumptionDecision decision = allowance.decide(used.subtract(quantity), quantity);
    BigDecimal overage =
        switch (decision) {
          case Allowed _ -> BigDecimal.ZERO;
          case Warned warned -> warned.beyond();
          case Charged charged -> charged.beyond();
          case Refused refused ->
              throw new IllegalStateException("counted and refused: " + refused.rejection());
        };
    UsageRecord record = record(asked, quota, allowance, quantity, overage, at);
    if (!add(record)) {
      throw new Rejected(new KeyConflict(asked.key(), asked.id()));
    }
    warnings.after(record, allowance, used);
    return new Counted(record, allowance, decision);
  }

  static UsageRecord record(
      Asked asked,
      Quota quota,
      Allowance allowance,
      BigDecimal quantity,
      BigDecimal overage,
      Instant at) {
    return new UsageRecord(
        asked.id(),
        asked.tenant(),
        asked.key(),
        quota.subscription().id(),
        false,
        null,
        allowance.module(),
        allowance.metric(),
        quantity,
        at,
        Map.of(),
        null,
        null,
        new UsageRecord.Counted(
            quota.subscription().cycleNo(),
            quota.subscription().planCode(),
            quota.subscription().planVersion(),
            overage),
        at,
        asked.actor());
  }

  /** Whether it was not there, and what it takes back was not taken back already. */
  private boolean add(UsageRecord record) {
    long first = records.beginSingle(record.tenantId());
    return !records.add(first, List.of(record), List.of(record.digest()), true).isEmpty();
  }

  private Quota trusted(Quota quota) {
    quota
        .trustedAfter()
        .ifPresent(
            position -> {
              if (!passed(position)) {
                throw rebuilding();
              }
              quotas.trustedSince(position);
            });
    return quota;
  }

  private static RecentQuotas.Of which(Asked asked, Wanted wanted) {
    return new RecentQuotas.Of(asked.tenant(), wanted.product(), wanted.module(), wanted.metric());
  }

  private boolean passed(long position) {
    return positions.await(position, Duration.ZERO);
  }

  private static ProblemException rebuilding() {
    return new ProblemException(
            HttpStatus.SERVICE_UNAVAILABLE,
            "quota.rebuilding",
            "The view of what tenants may use is being rebuilt.")
        .retryAfter(2);
  }
}
