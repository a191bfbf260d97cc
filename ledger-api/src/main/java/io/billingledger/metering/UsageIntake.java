package io.billingledger.metering;

import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Rejection;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageBatchId;
import io.billingledger.kernel.UsageId;
import io.billingledger.kernel.UsageLogId;
import io.billingledger.usage.Acceptance;
import io.billingledger.usage.Metered;
import io.billingledger.usage.ReportedUsage;
import io.billingledger.usage.UsageCommand.SealUsage;
import io.billingledger.usage.UsageEvent.Positions;
import io.billingledger.usage.UsageRecord;
import io.billingledger.usage.UsageRejection.KeyConflict;
import io.billingledger.usage.UsageSeal;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * Takes reported usage, each record by itself: what is wrong with one loses no other. In the
 * caller's unit of work; what it accepts is sealed by an event of that unit, or later if it came by
 * itself.
 */
public final class UsageIntake {
  /** The place of what is refused among the records to be added. */
  private static final int NOWHERE = -1;

  private final UsageStore store;
  private final MeteredSubscriptions subscriptions;
  private final Commands commands;

  public UsageIntake(UsageStore store, MeteredSubscriptions subscriptions, Commands commands) {
    this.store = store;
    this.subscriptions = subscriptions;
    this.commands = commands;
  }

  /** What became of one reported record. */
  public sealed interface Outcome {
    UsageId id();

    record Accepted(UsageId id, UsageRecord usage) implements Outcome {}

    /** The same fact was there already. */
    record Duplicate(UsageId id) implements Outcome {}

    record Refused(UsageId id, Rejection why) implements Outcome {}
  }

  /** Whose a record would be if it were taken now; empty too where it would be refused. */
  public Optional<SubscriptionId> taker(TenantId tenant, ReportedUsage reported, Instant now) {
    store.begin(tenant);
    try {
      return Optional.ofNullable(
          Acceptance.accept(reported, tenant, subscriptions.of(tenant), now, Actor.system("usage"))
              .subscriptionId());
    } catch (Rejected refused) {
      return Optional.empty();
    }
  }

  /** Takes one record, to be sealed later. */
  public Outcome takeOne(TenantId tenant, ReportedUsage reported, Instant now, Actor actor) {
    return take(tenant, List.of(reported), now, actor, null).getFirst();
  }

  /**
   * @param reported at most {@link UsageStore#MOST}
   * @param batch what they are sealed as
   * @return an outcome of each, in their order
   */
  public List<Outcome> takeBatch(
      TenantId tenant, List<ReportedUsage> reported, Instant now, Actor actor, UsageBatchId batch) {
    return take(tenant, reported, now, actor, batch);
  }

  private List<Outcome> take(
      TenantId tenant, List<ReportedUsage> reported, Instant now, Actor actor, UsageBatchId batch) {
    long first = batch == null ? store.beginSingle(tenant) : store.begin(tenant);
    List<Metered> metered = subscriptions.of(tenant);
    Outcome[] outcomes = new Outcome[reported.size()];
    byte[][] digests = new byte[reported.size()][];
    int[] places = new int[reported.size()];
    Map<UsageId, Integer> firstOf = new HashMap<>();
    Map<Integer, Rejection> refused = new HashMap<>();
    List<UsageRecord> records = new ArrayList<>();
    List<byte[]> recordDigests = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      UsageRecord record;
      Rejection why = null;
      try {
        record = Acceptance.accept(reported.get(i), tenant, metered, now, actor);
      } catch (Rejected rejected) {
        why = rejected.rejection();
        record = Acceptance.unchecked(reported.get(i), tenant, now, actor);
      }
      digests[i] = record.digest();
      if (why != null) {
        refused.put(i, why);
        places[i] = NOWHERE;
        continue;
      }
      Integer earlier = firstOf.putIfAbsent(record.id(), i);
      if (earlier == null) {
        places[i] = records.size();
        records.add(record);
        recordDigests.add(digests[i]);
        outcomes[i] = new Outcome.Accepted(record.id(), record);
      } else {
        places[i] = places[earlier];
        outcomes[i] = again(reported.get(i), record.id(), digests[i], digests[earlier]);
      }
    }
    BitSet fresh =
        records.isEmpty() ? new BitSet() : store.add(first, records, recordDigests, batch == null);
    settle(tenant, reported, outcomes, digests, refused, i -> isFresh(fresh, places[i]));
    if (batch != null && !fresh.isEmpty()) {
      seal(tenant, batch, first, records, recordDigests, fresh, now, actor);
    }
    return Arrays.asList(outcomes);
  }

  private static boolean isFresh(BitSet fresh, int place) {
    return place != NOWHERE && fresh.get(place);
  }

  /** What was not added was there; what is refused may have been accepted when it was in time. */
  private void settle(
      TenantId tenant,
      List<ReportedUsage> reported,
      Outcome[] outcomes,
      byte[][] digests,
      Map<Integer, Rejection> refused,
      IntPredicate fresh) {
    Map<Integer, UsageId> unsure = new TreeMap<>();
    for (int i = 0; i < outcomes.length; i++) {
      if (!fresh.test(i)) {
        unsure.put(i, UsageId.derive(tenant.value(), reported.get(i).key()));
      }
    }
    if (unsure.isEmpty()) {
      return;
    }
    Map<UsageId, byte[]> known = store.digests(unsure.values());
    unsure.forEach(
        (i, id) -> {
          byte[] before = known.get(id);
          outcomes[i] =
              before == null
                  ? new Outcome.Refused(id, refused.get(i))
                  : again(reported.get(i), id, digests[i], before);
        });
  }

  private static Outcome again(ReportedUsage reported, UsageId id, byte[] digest, byte[] before) {
    return MessageDigest.isEqual(digest, before)
        ? new Outcome.Duplicate(id)
        : new Outcome.Refused(id, new KeyConflict(reported.key(), id));
  }

  private void seal(
      TenantId tenant,
      UsageBatchId batch,
      long first,
      List<UsageRecord> records,
      List<byte[]> digests,
      BitSet fresh,
      Instant now,
      Actor actor) {
    UsageSeal seal = new UsageSeal();
    for (int i = fresh.nextSetBit(0); i >= 0; i = fresh.nextSetBit(i + 1)) {
      seal.add(first + i, records.get(i), digests.get(i));
    }
    commands.send(
        new SealUsage(
            UsageLogId.of(tenant, now),
            tenant,
            batch,
            Positions.BATCH,
            seal.records(),
            seal.first(),
            seal.last(),
            seal.sha256Hex(),
            now),
        actor);
  }
}
