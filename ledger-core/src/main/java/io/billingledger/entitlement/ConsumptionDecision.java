package io.billingledger.entitlement;

import io.billingledger.kernel.Rejection;
import java.math.BigDecimal;

/** What a limit says to a consumption. */
public sealed interface ConsumptionDecision {

  /**
   * Within the limit.
   *
   * @param used with this consumption
   */
  record Allowed(BigDecimal used) implements ConsumptionDecision {}

  /**
   * Allowed, and the caller is told that it is over the limit.
   *
   * @param beyond how much of this consumption lies beyond the limit
   */
  record Warned(BigDecimal used, BigDecimal beyond) implements ConsumptionDecision {}

  /**
   * Allowed, and what lies beyond the limit will be billed.
   *
   * @param unitPrice in the plan's currency; null if the plan names none
   */
  record Charged(BigDecimal used, BigDecimal beyond, BigDecimal unitPrice)
      implements ConsumptionDecision {}

  record Refused(Rejection rejection) implements ConsumptionDecision {}
}
