package io.billingledger.run;

import io.billingledger.kernel.Rejection;
import io.billingledger.kernel.RunId;
import java.time.Instant;

/** Why a run is refused. */
public sealed interface RunRejection extends Rejection {

  record AsOfInFuture(Instant asOf, Instant now) implements RunRejection {
    @Override
    public String code() {
      return "run.as-of-in-future";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "It is %s; as of %s only a dry run can look ahead.".formatted(now, asOf);
    }
  }

  record RunUnknown(RunId runId) implements RunRejection {
    @Override
    public String code() {
      return "run.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "There is no run %s.".formatted(runId);
    }
  }
}
