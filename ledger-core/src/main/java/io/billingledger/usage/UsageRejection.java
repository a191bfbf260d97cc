package io.billingledger.usage;

import io.billingledger.kernel.Rejection;
import io.billingledger.kernel.UsageId;
import java.time.Instant;

/** Why usage is not accepted. */
public sealed interface UsageRejection extends Rejection {

  record MetricUnknown(String planCode, String module, String metric) implements UsageRejection {
    @Override
    public String code() {
      return "metric.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "The plan %s includes nothing of %s/%s.".formatted(planCode, module, metric);
    }
  }

  record ConsumptionUnknown(UsageId usageId) implements UsageRejection {
    @Override
    public String code() {
      return "consumption.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "There is no consumption " + usageId + ".";
    }
  }

  record AlreadyReversed(UsageId usageId, UsageId reversedBy) implements UsageRejection {
    @Override
    public String code() {
      return "consumption.already-reversed";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The consumption %s was reversed already, by %s.".formatted(usageId, reversedBy);
    }
  }

  /** The record's key identifies a fact that was told already, and it said something else. */
  record KeyConflict(String key, UsageId usageId) implements UsageRejection {
    @Override
    public String code() {
      return "usage.key-conflict";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The key %s identifies the record %s, which says something else."
          .formatted(key, usageId);
    }
  }

  record UsageUnknown(UsageId usageId) implements UsageRejection {
    @Override
    public String code() {
      return "usage.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "There is no record of usage " + usageId + ".";
    }
  }

  record UsageAlreadyReversed(UsageId usageId, UsageId reversedBy) implements UsageRejection {
    @Override
    public String code() {
      return "usage.already-reversed";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The record %s was taken back already, by %s.".formatted(usageId, reversedBy);
    }
  }

  /** A reversal is not taken back; what it took back is recorded again. */
  record ReversalIsFinal(UsageId usageId) implements UsageRejection {
    @Override
    public String code() {
      return "usage.reversal-final";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "%s takes another record back; record the usage again instead.".formatted(usageId);
    }
  }

  /** A consumption has a counter, so it is taken back where it was counted. */
  record IsConsumption(UsageId usageId) implements UsageRejection {
    @Override
    public String code() {
      return "usage.is-consumption";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "%s is a consumption: take it back with its own reversal.".formatted(usageId);
    }
  }

  /** The period was invoiced, and the meter takes nothing for it any more. */
  record PeriodClosed(String metric, Instant usedAt, Instant closedTo) implements UsageRejection {
    @Override
    public String code() {
      return "usage.period-closed";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "%s of %s is too late: its period ended by %s and is closed."
          .formatted(metric, usedAt, closedTo);
    }
  }

  record UsedInFuture(Instant usedAt, Instant now) implements UsageRejection {
    @Override
    public String code() {
      return "usage.in-future";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "%s is more than an hour after now, which is %s.".formatted(usedAt, now);
    }
  }

  /** Only a running total goes down. */
  record QuantityNegative(String metric) implements UsageRejection {
    @Override
    public String code() {
      return "usage.quantity-negative";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "%s has no meter whose level can go down; take records back instead."
          .formatted(metric);
    }
  }

  /** What was named is not a subscription that usage of this time can be for. */
  record NoSuchSubscription(String named) implements UsageRejection {
    @Override
    public String code() {
      return "usage.no-such-subscription";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "%s is no subscription of the tenant that runs at the time of the usage."
          .formatted(named);
    }
  }
}
