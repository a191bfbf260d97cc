package io.billingledger.api.quota;

import io.billingledger.api.idempotency.Answers;
import io.billingledger.api.quota.Consumptions.Counted;
import io.billingledger.entitlement.ConsumptionDecision.Allowed;
import io.billingledger.metering.UsageStore;
import io.billingledger.usage.UsageRecord;
import io.billingledger.view.quota.Quota;
import io.billingledger.wiring.GroupCommit;
import io.billingledger.wiring.GroupTransactions;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
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

  private final GroupTransactions transactions;
  private final UsageStore records;
  private final Clock clock;
  private final GroupCommit<Wanted, Optional<Done>> groups =
      new GroupCommit<>(MOST, 1, this::attempt);

  ConsumptionGroups(GroupTransactions transactions, UsageStore records, Clock clock) {
    this.transactions = transactions;
    this.records = records;
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

  private List<Optional<Done>> attempt(List<Wanted> wanted) {
    try {
      return transactions.perform(connection -> together(connection, wanted));
    } catch (SQLException | RuntimeException e) {
      LOG.debug("a group of {} consumptions goes one by one", wanted.size(), e);
      return Collections.nCopies(wanted.size(), Optional.empty());
    }
  }

  /** In one message to PostgreSQL; with answers, which say what was counted, in two. */
  private List<Optional<Done>> together(Connection connection, List<Wanted> wanted)
      throws SQLException {
    Instant at = clock.instant();
    if (!records.hasPart(at)) { // who goes alone makes it
      return Collections.nCopies(wanted.size(), Optional.empty());
    }
    List<CountedTogether.Asked> asked =
        wanted.stream()
            .map(each -> new CountedTogether.Asked(record(each, at), each.product(), each.quota()))
            .toList();
    connection.setAutoCommit(wanted.stream().allMatch(each -> each.answer() == null));
    List<Optional<BigDecimal>> used = CountedTogether.count(connection, asked);
    List<Optional<Done>> done = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      done.add(used.get(i).map(done(asked.get(i), wanted.get(i).answer())));
    }
    if (!connection.getAutoCommit()) {
      Answers.storeAllAndCommit(
          connection,
          done.stream().flatMap(Optional::stream).map(Done::kept).filter(Objects::nonNull).toList(),
          at);
    }
    return done;
  }

  private static Function<BigDecimal, Done> done(
      CountedTogether.Asked asked, Function<Counted, Answers.Kept> answer) {
    return used -> {
      Counted counted = new Counted(asked.record(), asked.allowance(), new Allowed(used));
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
