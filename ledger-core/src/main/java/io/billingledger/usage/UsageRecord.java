package io.billingledger.usage;

import io.billingledger.kernel.Actor;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Evidence of something that was used, or of taking that back. Never changed: a correction is a
 * record of its own. A consumption is a record that was held against a limit and counted.
 *
 * @param id derives from the tenant and the record's key, so the same fact has the same id for ever
 * @param idempotencyKey identifies the fact
 * @param subscriptionId whose usage it is; null if none was known when it was accepted
 * @param named whether whoever brought it named the subscription, or it was found by the product
 * @param productCode as it was named; null if not
 * @param module of a consumption's limit; null otherwise
 * @param quantity negative in a reversal, and where a running total goes down
 * @param usedAt when it was used, in microseconds; of a reversal that of what it takes back
 * @param properties what meters filter and group by
 * @param reverses the record that it takes back, else null
 * @param replaces the record that it stands in for, which a reversal took back, else null
 * @param counted of a consumption and its reversal, else null
 * @param recordedAt when it was accepted
 */
public record UsageRecord(
    UsageId id,
    TenantId tenantId,
    String idempotencyKey,
    SubscriptionId subscriptionId,
    boolean named,
    String productCode,
    String module,
    String metric,
    BigDecimal quantity,
    Instant usedAt,
    Map<String, String> properties,
    UsageId reverses,
    UsageId replaces,
    Counted counted,
    Instant recordedAt,
    Actor actor) {

  /**
   * What a consumption was held against.
   *
   * @param cycleNo of the cycle that it counts for; 0 is the trial
   * @param planCode and {@code planVersion} whose limit it was
   * @param overage by how much it moved the part beyond the limit; the sum over a cycle is what
   *     lies beyond the limit in the end
   */
  public record Counted(int cycleNo, String planCode, int planVersion, BigDecimal overage) {}

  public UsageRecord {
    properties = Map.copyOf(properties);
    if (counted != null) {
      if (module == null || subscriptionId == null) {
        throw new IllegalArgumentException("a consumption has a module and a subscription");
      }
      if (quantity.signum() == 0 || quantity.signum() < 0 == (reverses == null)) {
        throw new IllegalArgumentException(
            "a consumption is positive and a reversal negative, not " + quantity);
      }
      BigDecimal overage = counted.overage();
      if (overage.signum() * quantity.signum() < 0 || overage.abs().compareTo(quantity.abs()) > 0) {
        throw new IllegalArgumentException(
            "%s of %s cannot lie beyond the limit".formatted(overage, quantity));
      }
    }
  }

  /** The consumption's record that takes this one back. */
  public UsageRecord reversal(
      UsageId reversalId, BigDecimal overageMoved, Instant at, Actor by, String key) {
    return takenBack(
        reversalId,
        key,
        new Counted(counted.cycleNo(), counted.planCode(), counted.planVersion(), overageMoved),
        at,
        by);
  }

  /** The record that takes this one back, where it was held against no limit. */
  public UsageRecord reversal(UsageId reversalId, Instant at, Actor by, String key) {
    return takenBack(reversalId, key, null, at, by);
  }

  /** The same, standing in for another one. */
  public UsageRecord replacing(UsageId other) {
    return new UsageRecord(
        id,
        tenantId,
        idempotencyKey,
        subscriptionId,
        named,
        productCode,
        module,
        metric,
        quantity,
        usedAt,
        properties,
        reverses,
        other,
        counted,
        recordedAt,
        actor);
  }

  private UsageRecord takenBack(
      UsageId reversalId, String key, Counted moved, Instant at, Actor by) {
    return new UsageRecord(
        reversalId,
        tenantId,
        key,
        subscriptionId,
        named,
        productCode,
        module,
        metric,
        quantity.negate(),
        usedAt,
        properties,
        id,
        null,
        moved,
        at,
        by);
  }

  /**
   * SHA-256 over what the record says. Of a consumption all its fields in their order, one on a
   * line; of any other record what whoever brought it said, so that the same fact brought again is
   * known by it.
   */
  public byte[] digest() {
    String text = counted == null ? said() : consumed();
    return UsageSeal.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private String consumed() {
    return String.join(
        "\n",
        id.value(),
        tenantId.value(),
        subscriptionId.value(),
        Integer.toString(counted.cycleNo()),
        counted.planCode(),
        Integer.toString(counted.planVersion()),
        module,
        metric,
        canonical(quantity),
        canonical(counted.overage()),
        recordedAt.toString(),
        actor.name(),
        idempotencyKey,
        reverses == null ? "" : reverses.value());
  }

  /** Texts that somebody chose are told with their length, so that none can pass for two. */
  private String said() {
    StringBuilder text = new StringBuilder(256);
    text.append("usage\n").append(id.value()).append('\n').append(tenantId.value()).append('\n');
    text.append(named ? subscriptionId.value() : "").append('\n');
    chosen(text, productCode);
    chosen(text, metric);
    text.append(canonical(quantity)).append('\n').append(usedAt).append('\n');
    text.append(reverses == null ? "" : reverses.value()).append('\n');
    text.append(replaces == null ? "" : replaces.value()).append('\n');
    if (!properties.isEmpty()) {
      new TreeMap<>(properties)
          .forEach(
              (name, value) -> {
                chosen(text, name);
                chosen(text, value);
              });
    }
    return text.toString();
  }

  private static void chosen(StringBuilder text, String chosen) {
    if (chosen != null) {
      text.append(chosen.length()).append(':').append(chosen);
    }
    text.append('\n');
  }

  private static String canonical(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
