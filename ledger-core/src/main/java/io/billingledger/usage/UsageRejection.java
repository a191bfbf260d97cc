package io.billingledger.usage;

import io.billingledger.kernel.Rejection;
import io.billingledger.kernel.UsageId;

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
}
