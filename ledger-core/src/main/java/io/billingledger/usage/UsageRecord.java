package io.billingledger.usage;

import io.billingledger.kernel.Actor;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * Evidence of one consumption, or of its reversal. Never changed: a reversal is a record of its own
 * with the opposite quantity.
 *
 * @param cycleNo of the cycle that it counts for; 0 is the trial
 * @param planCode and {@code planVersion} whose limit it was held against
 * @param quantity negative in a reversal
 * @param overage by how much it moved the part beyond the limit; the sum over a cycle is what lies
 *     beyond the limit in the end
 * @param idempotencyKey of the request that brought it
 * @param reverses the record that it takes back; null for a consumption
 */
public record UsageRecord(
    UsageId id,
    TenantId tenantId,
    SubscriptionId subscriptionId,
    int cycleNo,
    String planCode,
    int planVersion,
    String module,
    String metric,
    BigDecimal quantity,
    BigDecimal overage,
    Instant recordedAt,
    Actor actor,
    String idempotencyKey,
    UsageId reverses) {

  public UsageRecord {
    if (quantity.signum() == 0 || quantity.signum() < 0 == (reverses == null)) {
      throw new IllegalArgumentException(
          "a consumption is positive and a reversal negative, not " + quantity);
    }
    if (overage.signum() * quantity.signum() < 0 || overage.abs().compareTo(quantity.abs()) > 0) {
      throw new IllegalArgumentException(
          "%s of %s cannot lie beyond the limit".formatted(overage, quantity));
    }
  }

  /** The record that takes this one back. */
  public UsageRecord reversal(
      UsageId reversalId, BigDecimal overageMoved, Instant at, Actor by, String key) {
    return new UsageRecord(
        reversalId,
        tenantId,
        subscriptionId,
        cycleNo,
        planCode,
        planVersion,
        module,
        metric,
        quantity.negate(),
        overageMoved,
        at,
        by,
        key,
        id);
  }

  /** SHA-256 over all fields in their order, one on a line. */
  public byte[] digest() {
    String text =
        String.join(
            "\n",
            id.value(),
            tenantId.value(),
            subscriptionId.value(),
            Integer.toString(cycleNo),
            planCode,
            Integer.toString(planVersion),
            module,
            metric,
            canonical(quantity),
            canonical(overage),
            recordedAt.toString(),
            actor.name(),
            idempotencyKey,
            reverses == null ? "" : reverses.value());
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static String canonical(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
