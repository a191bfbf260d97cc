package io.billingledger.api.quota;

import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.security.Caller;
import io.billingledger.kernel.UsageId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a tenant may use, has used, and uses. */
@RestController
@Tag(name = "Quota")
class QuotaController {
  private final Consumptions consumptions;

  QuotaController(Consumptions consumptions) {
    this.consumptions = consumptions;
  }

  /**
   * @param quantity positive, of any scale
   */
  record Consumption(
      @NotBlank @Size(max = 100) String module,
      @NotBlank @Size(max = 100) String metric,
      @NotNull @Positive BigDecimal quantity) {}

  @GetMapping("/api/billing/quota")
  @Operation(operationId = "getQuota", summary = "What the plan includes and what is used of it")
  QuotaAnswer quota(@RequestParam(required = false) String product, Caller caller) {
    return QuotaAnswer.of(consumptions.quota(caller.tenantId(), product));
  }

  @PostMapping("/api/quota/consumptions")
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(operationId = "consume", summary = "Use some of what the plan includes")
  ConsumptionAnswer consume(
      @Valid @RequestBody Consumption asked,
      @RequestParam(required = false) String product,
      Caller caller,
      CommandKey key,
      @Now Instant at) {
    return ConsumptionAnswer.of(
        consumptions.consume(
            asked(caller, key, at), product, asked.module(), asked.metric(), asked.quantity()));
  }

  @PostMapping("/api/quota/consumptions/{id}/reverse")
  @Operation(operationId = "reverseConsumption", summary = "Take a consumption back, once")
  ConsumptionAnswer reverse(
      @PathVariable UsageId id, Caller caller, CommandKey key, @Now Instant at) {
    return ConsumptionAnswer.of(consumptions.reverse(asked(caller, key, at), id));
  }

  private static Consumptions.Asked asked(Caller caller, CommandKey key, Instant at) {
    return new Consumptions.Asked(
        key.derive(UsageId::derive), caller.tenantId(), caller.actor(), key.key(), at);
  }
}
