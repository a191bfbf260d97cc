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
  static final String CONSUMPTIONS = "/api/quota/consumptions";

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
      @NotNull @Positive BigDecimal quantity) {

    /**
     * @param product null for the primary one
     */
    Consumptions.Wanted of(String product) {
      return new Consumptions.Wanted(product, module, metric, quantity);
    }
  }

  @GetMapping("/api/billing/quota")
  @Operation(operationId = "getQuota", summary = "What the plan includes and what is used of it")
  QuotaAnswer quota(@RequestParam(required = false) String product, Caller caller) {
    return QuotaAnswer.of(consumptions.quota(caller.tenantId(), product));
  }

  @PostMapping(CONSUMPTIONS)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(operationId = "consume", summary = "Use some of what the plan includes")
  ConsumptionAnswer consume(
      @Valid @RequestBody Consumption asked,
      @RequestParam(required = false) String product,
      Caller caller,
      CommandKey key,
      @Now Instant at) {
    return ConsumptionAnswer.of(consumptions.consume(asked(caller, key), asked.of(product), at));
  }

  @PostMapping(CONSUMPTIONS + "/{id}/reverse")
  @Operation(operationId = "reverseConsumption", summary = "Take a consumption back, once")
  ConsumptionAnswer reverse(
      @PathVariable UsageId id, Caller caller, CommandKey key, @Now Instant at) {
    return ConsumptionAnswer.of(consumptions.reverse(asked(caller, key), id, at));
  }

  static Consumptions.Asked asked(Caller caller, CommandKey key) {
    return new Consumptions.Asked(
        key.derive(UsageId::derive), caller.tenantId(), caller.actor(), key.key());
  }
}
