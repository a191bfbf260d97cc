package io.billingledger.view.quota;

import io.billingledger.entitlement.Allowance;
import io.billingledger.entitlement.License;
import io.billingledger.kernel.SubscriptionId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a tenant may use of one product, and how much of it is used.
 *
 * @param tenantVersion of the row that the license was read from; null before the view has it
 * @param subscription null if there never was one
 * @param trustedAfter the position that a rebuild of the view must have passed before this may be
 *     decided on; empty when none is going on
 */
public record Quota(
    License license,
    Long tenantVersion,
    Subscribed subscription,
    List<Line> lines,
    OptionalLong trustedAfter) {

  /**
   * The cycle that consumptions count for.
   *
   * @param version of the row that it was read from
   * @param periodStart null, like {@code periodEnd}, before any cycle or trial began
   */
  public record Subscribed(
      SubscriptionId id,
      long version,
      String planCode,
      int planVersion,
      int cycleNo,
      LocalDate periodStart,
      LocalDate periodEnd) {}

  /**
   * @param used in the cycle so far
   */
  public record Line(Allowance allowance, BigDecimal used) {}
}
