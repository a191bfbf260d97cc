package io.billingledger.api.quota;

import io.billingledger.api.idempotency.Answers;
import io.billingledger.api.quota.Consumptions.Counted;
import io.billingledger.entitlement.Allowance;
import io.billingledger.entitlement.ConsumptionDecision.Allowed;
import io.billingledger.kernel.Scope;
import io.billingledger.usage.UsageRecord;
import io.billingledger.view.quota.Quota;
import io.billingledger.wiring.GroupCommit;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Consumptions of several callers in one transaction (ADR 13). It takes the plain case alone: a
 * quota that was read lately and still is as it was, all that is asked for of a counter within its
 * limit, no warning due, every key new, nobody to wait for. Whoever does not fit is left out, and
 * whatever else is in the way undoes the whole group. Those left without an answer go the ordinary
 * way, one by one, where refusals are decided and failures told.
 */
final class ConsumptionGroups {
  private static final Logger LOG = LoggerFactory.getLogger(ConsumptionGroups.class);
  private static final int MOST = 64;

  private final CountedTogether counted;
  private final Answers answers;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final GroupCommit<Wanted, Optional<Done>> groups =
      new GroupCommit<>(MOST, 1, this::attempt);

  ConsumptionGroups(
      CountedTogether counted, Answers answers, TransactionTemplate transactions, Clock clock) {
    this.counted = counted;
    this.answers = answers;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * @param product that was asked for; null for the primary one
   * @param quota as it was read lately
   * @param answer what is kept under the caller's key in the same transaction; null if nothing
   */
  record Wanted(
      Consumptions.Asked asked,
      String product,
      Quota quota,
      BigDecimal quantity,
      Function<Counted, Answers.Kept> answer) {}

  /**
   * @param kept null where nothing is
   */
  record Done(Counted counted, Answers.Kept kept) {}

  /** Empty when it must go the ordinary way: then nothing has changed. */
  Optional<Done> perform(Wanted wanted) {
    return groups.perform(wanted);
  }

  /** Members may be of several tenants, so the transaction is everybody's. */
  private List<Optional<Done>> attempt(List<Wanted> wanted) {
    try {
      return Scope.allTenants(() -> transactions.execute(_ -> together(wanted)));
    } catch (RuntimeException e) {
      LOG.debug("a group of {} consumptions goes one by one", wanted.size(), e);
      return Collections.nCopies(wanted.size(), Optional.empty());
    }
  }

  private List<Optional<Done>> together(List<Wanted> wanted) {
    Instant at = clock.instant();
    List<CountedTogether.Asked> asked =
        wanted.stream()
            .map(each -> new CountedTogether.Asked(record(each, at), each.product(), each.quota()))
            .toList();
    List<Optional<BigDecimal>> used = counted.count(asked);
    List<Optional<Done>> done = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      done.add(used.get(i).map(done(asked.get(i), wanted.get(i).answer())));
    }
    List<Answers.Kept> kept =
        done.stream().flatMap(Optional::stream).map(Done::kept).filter(Objects::nonNull).toList();
    if (!kept.isEmpty() && !answers.storeAll(kept, at)) {
      throw new GroupUndone("a key was answered already");
    }
    return done;
  }

  private static Function<BigDecimal, Done> done(
      CountedTogether.Asked asked, Function<Counted, Answers.Kept> answer) {
    return used -> {
      Allowance allowance = asked.allowance();
      if (!allowance.reached(used.subtract(asked.record().quantity()), used).isEmpty()) {
        throw new GroupUndone("a warning is due");
      }
      Counted counted = new Counted(asked.record(), allowance, new Allowed(used));
      return new Done(counted, answer == null ? null : answer.apply(counted));
    };
  }

  private static UsageRecord record(Wanted wanted, Instant at) {
    return Consumptions.record(
        wanted.asked(),
        wanted.quota(),
        wanted.quota().lines().getFirst().allowance(),
        wanted.quantity(),
        BigDecimal.ZERO,
        at);
  }
}
