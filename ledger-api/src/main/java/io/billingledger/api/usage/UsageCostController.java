package io.billingledger.api.usage;

import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.security.Caller;
import io.billingledger.api.usage.RunningCost.SoFar;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.UsageId;
import io.billingledger.metering.UsageIntake;
import io.billingledger.metering.UsageIntake.Outcome;
import io.billingledger.tenant.BillingProfiles;
import io.billingledger.usage.ReportedUsage;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Optional;
import org.joda.money.Money;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Usage reported by somebody who wants to know at once what it costs. */
@RestController
@Tag(name = "Usage")
class UsageCostController {
  private final UsageIntake intake;
  private final RunningCost costs;
  private final BillingProfiles tenants;

  UsageCostController(UsageIntake intake, RunningCost costs, BillingProfiles tenants) {
    this.intake = intake;
    this.costs = costs;
    this.tenants = tenants;
  }

  /**
   * @param cost by how much the record moved what the cycle's usage costs, before tax; nothing of a
   *     duplicate, nor where nothing charges for it
   * @param fromBalance what of the cost the trial's balance bears
   * @param billable what of the cost will be billed
   * @param trialBalanceLeft null where there is no such balance
   */
  record Costed(
      UsageResult.Status status,
      UsageId id,
      SubscriptionId subscriptionId,
      Money cost,
      Money fromBalance,
      Money billable,
      Money trialBalanceLeft) {}

  @PostMapping("/api/usage/record")
  @Operation(
      operationId = "recordUsage",
      summary = "Report usage and learn what it costs and what is left of the trial's balance",
      requestBody =
          @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = UsageShape.class))))
  Costed record(
      @org.springframework.web.bind.annotation.RequestBody JsonNode body,
      Caller caller,
      CommandKey key,
      @Now Instant now) {
    ReportedUsage reported = UsageController.read(body, key.key());
    Optional<SubscriptionId> taker = intake.taker(caller.tenantId(), reported, now);
    Optional<SoFar> before = taker.flatMap(id -> costs.of(caller.tenantId(), id));
    Outcome outcome = intake.takeOne(caller.tenantId(), reported, now, caller.actor());
    if (outcome instanceof Outcome.Refused refused) {
      throw UsageController.refusal(refused.why());
    }
    Optional<SoFar> after = taker.flatMap(id -> costs.of(caller.tenantId(), id));
    Money zero = Money.zero(tenants.of(caller.tenantId()).currency());
    Money cost = after.map(sum -> sum.total().minus(before.orElseThrow().total())).orElse(zero);
    Money billable =
        after.map(sum -> sum.billable().minus(before.orElseThrow().billable())).orElse(zero);
    Money left = after.map(SoFar::left).orElse(null);
    return new Costed(
        outcome instanceof Outcome.Accepted
            ? UsageResult.Status.ACCEPTED
            : UsageResult.Status.DUPLICATE,
        outcome.id(),
        taker.orElse(null),
        cost,
        left == null ? Money.zero(cost.getCurrencyUnit()) : cost.minus(billable),
        billable,
        left);
  }
}
