package io.billingledger.entitlement;

import io.billingledger.catalog.Enforcement;
import io.billingledger.entitlement.ConsumptionDecision.Allowed;
import io.billingledger.entitlement.ConsumptionDecision.Charged;
import io.billingledger.entitlement.ConsumptionDecision.Refused;
import io.billingledger.entitlement.ConsumptionDecision.Warned;
import io.billingledger.entitlement.EntitlementRejection.QuotaExceeded;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What a cycle includes of one metric ({@code P07}), and what happens beyond it ({@code P08}).
 *
 * @param limit units a cycle; null is unlimited
 * @param overageUnitPrice of a unit beyond the limit, in the plan's currency; null if none
 */
public record Allowance(
    String module,
    String metric,
    BigDecimal limit,
    Enforcement enforcement,
    BigDecimal overageUnitPrice) {

  /** In percent of a limit: when somebody should be told. */
  public static final List<Integer> WARNED_AT = List.of(80, 100);

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** The most that may ever be used; empty where nothing is refused. */
  public Optional<BigDecimal> ceiling() {
    return switch (enforcement) {
      case HARD_BLOCK -> Optional.ofNullable(limit);
      case SOFT_WARNING, OVERAGE_CHARGE -> Optional.empty();
    };
  }

  /**
   * @param used before this consumption
   * @param quantity positive
   */
  public ConsumptionDecision decide(BigDecimal used, BigDecimal quantity) {
    BigDecimal after = used.add(quantity);
    BigDecimal beyond = beyond(after).subtract(beyond(used));
    if (beyond.signum() == 0) {
      return new Allowed(after);
    }
    return switch (enforcement) {
      case HARD_BLOCK -> new Refused(new QuotaExceeded(module, metric, limit, used, quantity));
      case SOFT_WARNING -> new Warned(after, beyond);
      case OVERAGE_CHARGE -> new Charged(after, beyond, overageUnitPrice);
    };
  }

  /** How much of what is used lies beyond the limit. */
  public BigDecimal beyond(BigDecimal used) {
    return limit == null ? BigDecimal.ZERO : used.subtract(limit).max(BigDecimal.ZERO);
  }

  /** What is left, never negative; empty if unlimited. */
  public Optional<BigDecimal> remaining(BigDecimal used) {
    return Optional.ofNullable(limit).map(most -> most.subtract(used).max(BigDecimal.ZERO));
  }

  /**
   * Which parts of the limit, in percent, a use reaches that it had not reached before.
   *
   * @param before what was used, {@code after} what is
   */
  public List<Integer> reached(BigDecimal before, BigDecimal after) {
    if (limit == null || limit.signum() == 0) {
      return List.of();
    }
    return WARNED_AT.stream()
        .filter(percent -> !reaches(before, percent) && reaches(after, percent))
        .toList();
  }

  private boolean reaches(BigDecimal used, int percent) {
    return used.multiply(HUNDRED).compareTo(limit.multiply(BigDecimal.valueOf(percent))) >= 0;
  }
}
