package io.billingledger.api.usage;

import io.billingledger.api.usage.UsageReader.Wrong;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Rejection;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageBatchId;
import io.billingledger.metering.UsageIntake;
import io.billingledger.metering.UsageIntake.Outcome;
import io.billingledger.usage.ReportedUsage;
import io.billingledger.usage.UsageRejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Records of one batch, or of a part of one: those that can be read, and those that cannot. */
final class UsageBatch {
  private final long start;
  private final List<ReportedUsage> read = new ArrayList<>();
  private final List<UsageResult> unread = new ArrayList<>();

  /**
   * @param start the place of the first record in the whole batch
   */
  UsageBatch(long start) {
    this.start = start;
  }

  int size() {
    return unread.size();
  }

  long next() {
    return start + unread.size();
  }

  void add(Supplier<ReportedUsage> record) {
    try {
      read.add(record.get());
      unread.add(null);
    } catch (Wrong wrong) {
      reject("request.invalid", wrong.pointer(), wrong.getMessage());
    }
  }

  void reject(String code, String pointer, String detail) {
    unread.add(new UsageResult(next(), UsageResult.Status.REJECTED, null, code, pointer, detail));
  }

  /** A result of each, in their order. */
  List<UsageResult> take(
      UsageIntake intake, TenantId tenant, Instant now, Actor actor, UsageBatchId batch) {
    List<Outcome> outcomes =
        read.isEmpty() ? List.of() : intake.takeBatch(tenant, read, now, actor, batch);
    List<UsageResult> results = new ArrayList<>();
    int place = 0;
    for (int i = 0; i < unread.size(); i++) {
      results.add(unread.get(i) != null ? unread.get(i) : result(start + i, outcomes.get(place++)));
    }
    return results;
  }

  private static UsageResult result(long index, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted accepted ->
          new UsageResult(index, UsageResult.Status.ACCEPTED, accepted.id(), null, null, null);
      case Outcome.Duplicate duplicate ->
          new UsageResult(index, UsageResult.Status.DUPLICATE, duplicate.id(), null, null, null);
      case Outcome.Refused refused ->
          new UsageResult(
              index,
              UsageResult.Status.REJECTED,
              null,
              refused.why().code(),
              pointer(refused.why()),
              refused.why().detail());
    };
  }

  /** Which field a refusal is about. */
  static String pointer(Rejection why) {
    return switch (why) {
      case UsageRejection.KeyConflict _ -> "/" + UsageReader.KEY;
      case UsageRejection.PeriodClosed _, UsageRejection.UsedInFuture _ ->
          "/" + UsageReader.TIMESTAMP;
      case UsageRejection.QuantityNegative _ -> "/" + UsageReader.QUANTITY;
      case UsageRejection.NoSuchSubscription none ->
          "/" + (none.named().startsWith("sub_") ? UsageReader.SUBSCRIPTION : UsageReader.PRODUCT);
      default -> "";
    };
  }
}
