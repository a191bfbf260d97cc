package io.billingledger.catalog;

import java.math.BigDecimal;

/**
 * One step of a tiered price.
 *
 * @param upTo the last quantity that lies in it; null in the last tier, which is open
 * @param unitPrice of a unit; null is zero
 * @param flatFee due once the quantity reaches into the tier, in the first tier always; null is
 *     zero
 * @param ratePercent of the amount, in {@code GRADUATED_PERCENTAGE}
 */
public record Tier(
    BigDecimal upTo, BigDecimal unitPrice, BigDecimal flatFee, BigDecimal ratePercent) {}
