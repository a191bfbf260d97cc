package io.billingledger.entitlement;

import io.billingledger.kernel.Rejection;
import io.billingledger.kernel.TenantId;
import io.billingledger.subscription.SubscriptionStatus;
import java.math.BigDecimal;

/** Why a consumption is refused. */
public sealed interface EntitlementRejection extends Rejection {

  /** A {@code HARD_BLOCK} limit does not leave room for it. */
  record QuotaExceeded(
      String module, String metric, BigDecimal limit, BigDecimal used, BigDecimal quantity)
      implements EntitlementRejection {
    @Override
    public String code() {
      return "quota.exceeded";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "%s more of %s/%s do not fit: %s of %s are used in this cycle."
          .formatted(
              quantity.toPlainString(),
              module,
              metric,
              used.toPlainString(),
              limit.toPlainString());
    }
  }

  /**
   * The tenant may write, but not on this subscription.
   *
   * @param status null if the tenant never had one
   */
  record SubscriptionNotRunning(TenantId tenantId, SubscriptionStatus status)
      implements EntitlementRejection {
    @Override
    public String code() {
      return "quota.not-running";
    }

    @Override
    public Kind kind() {
      return Kind.FORBIDDEN;
    }

    @Override
    public String detail() {
      return status == null
          ? "The tenant %s has no subscription to consume from.".formatted(tenantId)
          : "The subscription of the tenant %s is %s, so nothing can be consumed from it."
              .formatted(tenantId, status);
    }
  }
}
