package io.billingledger.api.usage;

import io.billingledger.kernel.Actor;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LineId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageId;
import io.billingledger.usage.UsageRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A record of usage and what became of it.
 *
 * @param subscriptionId null while no subscription takes it
 * @param reverses the record that this takes back, else null
 * @param replaces the record that this stands in for, else null
 * @param fate what became of it
 */
@Schema(name = "UsageRecord")
record UsageResource(
    UsageId id,
    TenantId tenantId,
    SubscriptionId subscriptionId,
    String productCode,
    String module,
    String metric,
    BigDecimal quantity,
    Instant timestamp,
    Map<String, String> properties,
    String idempotencyKey,
    UsageId reverses,
    UsageId replaces,
    UsageId reversedBy,
    UsageId replacedBy,
    Instant recordedAt,
    Actor actor,
    Fate fate) {

  /** Where a record is on its way to an invoice. */
  enum State {
    /** Its period is open. */
    PENDING,
    /** No subscription takes it so far. */
    UNASSIGNED,
    /** It was taken back before its period was closed, or takes such a one back. */
    CANCELED_OUT,
    /** Its period is closed; the invoice follows. */
    CLOSED,
    /** An invoice's line counts it. */
    RATED,
    /** Its period is closed and nothing charges for it. */
    NOT_CHARGED
  }

  /**
   * @param reason one sentence for a person
   * @param periodStart of the closed period that it belongs to, null like the rest while none is
   * @param invoiceId and {@code lineId} of the line that counts it
   */
  record Fate(
      State state,
      String reason,
      Instant periodStart,
      Instant periodEnd,
      Instant closedAt,
      InvoiceId invoiceId,
      LineId lineId) {
    static Fate open(State state, String reason) {
      return new Fate(state, reason, null, null, null, null, null);
    }
  }

  static UsageResource of(UsageRecord usage, UsageId reversedBy, UsageId replacedBy, Fate fate) {
    return new UsageResource(
        usage.id(),
        usage.tenantId(),
        usage.subscriptionId(),
        usage.productCode(),
        usage.module(),
        usage.metric(),
        usage.quantity().stripTrailingZeros(),
        usage.usedAt(),
        new TreeMap<>(usage.properties()),
        usage.idempotencyKey(),
        usage.reverses(),
        usage.replaces(),
        reversedBy,
        replacedBy,
        usage.recordedAt(),
        usage.actor(),
        fate);
  }
}
