package io.billingledger.api.quota;

import io.billingledger.catalog.Enforcement;
import io.billingledger.entitlement.Allowance;
import io.billingledger.entitlement.ConsumptionDecision.Allowed;
import io.billingledger.entitlement.ConsumptionDecision.Charged;
import io.billingledger.entitlement.ConsumptionDecision.Refused;
import io.billingledger.entitlement.ConsumptionDecision.Warned;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.UsageId;
import io.billingledger.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A record of usage, and how its metric stands after it.
 *
 * @param quantity negative in a reversal
 * @param used in the record's cycle, this included
 * @param remaining null, like {@code limit}, where nothing limits
 * @param overage how much of this lies beyond the limit; negative where a reversal took such back
 * @param overageUnitPrice in the plan's currency, when the overage will be billed; else null
 * @param warning what the caller should tell somebody; null if nothing
 * @param reverses the consumption that this takes back, else null
 */
record ConsumptionAnswer(
    UsageId id,
    SubscriptionId subscriptionId,
    int cycleNo,
    String planCode,
    String module,
    String metric,
    BigDecimal quantity,
    BigDecimal used,
    BigDecimal remaining,
    BigDecimal limit,
    Enforcement enforcement,
    BigDecimal overage,
    BigDecimal overageUnitPrice,
    String warning,
    UsageId reverses,
    Instant recordedAt) {

  static ConsumptionAnswer of(Consumptions.Counted counted) {
    return switch (counted.decision()) {
      case Allowed allowed -> of(counted, allowed.used(), null, null);
      case Warned warned ->
          of(
              counted,
              warned.used(),
              null,
              "%s of this lie beyond the limit of %s."
                  .formatted(plain(warned.beyond()), plain(counted.allowance().limit())));
      case Charged charged -> of(counted, charged.used(), charged.unitPrice(), null);
      case Refused refused ->
          throw new IllegalStateException("recorded and refused: " + refused.rejection());
    };
  }

  private static ConsumptionAnswer of(
      Consumptions.Counted counted, BigDecimal used, BigDecimal unitPrice, String warning) {
    UsageRecord usage = counted.usage();
    Allowance allowance = counted.allowance();
    return new ConsumptionAnswer(
        usage.id(),
        usage.subscriptionId(),
        usage.counted().cycleNo(),
        usage.counted().planCode(),
        usage.module(),
        usage.metric(),
        Decimals.tidy(usage.quantity()),
        Decimals.tidy(used),
        Decimals.tidy(allowance.remaining(used).orElse(null)),
        Decimals.tidy(allowance.limit()),
        allowance.enforcement(),
        Decimals.tidy(usage.counted().overage()),
        unitPrice,
        warning,
        usage.reverses(),
        usage.recordedAt());
  }

  private static String plain(BigDecimal number) {
    return Decimals.tidy(number).toPlainString();
  }
}
