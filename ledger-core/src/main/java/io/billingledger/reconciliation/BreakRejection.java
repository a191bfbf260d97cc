package io.billingledger.reconciliation;

import io.billingledger.kernel.BreakId;
import io.billingledger.kernel.Rejection;

/** Why something about a break is refused. */
public sealed interface BreakRejection extends Rejection {

  record BreakUnknown(BreakId id) implements BreakRejection {
    @Override
    public String code() {
      return "break.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "There is no break %s.".formatted(id);
    }
  }
}
