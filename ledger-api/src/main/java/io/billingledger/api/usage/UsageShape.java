package io.billingledger.api.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.billingledger.kernel.SubscriptionId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/**
 * Usage as it is reported; {@link UsageReader} reads it.
 *
 * @param metric as in the plan's meters
 * @param timestamp when it was used, not more than an hour ahead
 * @param properties what meters filter and group by, at most 50
 * @param subscription and {@code product_code} say whose it is where it is not obvious
 * @param idempotencyKey identifies the fact for ever; the request's key, or the batch's key and the
 *     place in it, if left out
 */
@Schema(name = "Usage")
@JsonInclude(JsonInclude.Include.NON_NULL)
record UsageShape(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String metric,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) BigDecimal quantity,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant timestamp,
    Map<String, String> properties,
    SubscriptionId subscription,
    String productCode,
    String idempotencyKey) {}
