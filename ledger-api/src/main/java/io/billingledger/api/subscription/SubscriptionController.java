package io.billingledger.api.subscription;

import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.ExpectedVersion;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.PlanChangeId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.subscription.SubscriptionCommand.CancelSubscription;
import io.billingledger.subscription.SubscriptionCommand.ChangeQuantity;
import io.billingledger.subscription.SubscriptionCommand.CreateSubscription;
import io.billingledger.subscription.SubscriptionCommand.RedeemCoupon;
import io.billingledger.subscription.SubscriptionStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Subscriptions of all tenants, for the platform. */
@RestController
@RequestMapping("/api/platform/subscriptions")
@Tag(name = "Subscriptions")
class SubscriptionController {
  private final Commands commands;
  private final SubscriptionAnswers subscriptions;
  private final PlanChanges changes;

  SubscriptionController(
      Commands commands, SubscriptionAnswers subscriptions, PlanChanges changes) {
    this.commands = commands;
    this.subscriptions = subscriptions;
    this.changes = changes;
  }

  /**
   * @param startOn local date in the tenant's zone; today unless given
   * @param autoRenew true unless given
   * @param quantity 1 unless given
   * @param couponCode redeemed at once
   */
  record NewSubscription(
      @NotNull TenantId tenantId,
      @NotBlank @Size(max = 64) String planCode,
      LocalDate startOn,
      Boolean autoRenew,
      @Min(1) @Max(1_000_000) Integer quantity,
      @Size(min = 1, max = 64) String couponCode) {}

  @PostMapping
  @Operation(operationId = "createSubscription", summary = "Subscribe a tenant to a plan")
  ResponseEntity<SubscriptionResource> create(
      @Valid @RequestBody NewSubscription asked, Caller caller, CommandKey key, @Now Instant at) {
    SubscriptionId id = key.derive(SubscriptionId::derive);
    commands.send(
        new CreateSubscription(
            id,
            asked.tenantId(),
            asked.planCode(),
            asked.startOn(),
            !Boolean.FALSE.equals(asked.autoRenew()),
            asked.quantity() == null ? 1 : asked.quantity(),
            asked.couponCode(),
            at),
        caller.actor());
    return ResponseEntity.created(URI.create("/api/platform/subscriptions/" + id))
        .body(subscriptions.current(id));
  }

  @GetMapping
  @Transactional(readOnly = true)
  @Operation(operationId = "listSubscriptions", summary = "Subscriptions, newest first")
  public Page<SubscriptionResource> list(
      @RequestParam(name = "tenant_id", required = false) TenantId tenantId,
      @RequestParam(name = "product_code", required = false) String productCode,
      @RequestParam(name = "plan_code", required = false) String planCode,
      @RequestParam(required = false) SubscriptionStatus status,
      Paging paging) {
    Map<String, Object> equal = new HashMap<>();
    equal.put("tenantId", tenantId == null ? null : tenantId.value());
    equal.put("productCode", productCode);
    equal.put("planCode", planCode);
    equal.put("status", status);
    return subscriptions.list(equal, paging);
  }

  @GetMapping("/{id}")
  @Transactional(readOnly = true)
  @Operation(operationId = "getSubscription", summary = "A subscription")
  public SubscriptionResource get(@PathVariable SubscriptionId id) {
    return subscriptions.read(id);
  }

  @GetMapping("/{id}/cycles")
  @Transactional(readOnly = true)
  @Operation(operationId = "listCycles", summary = "The cycles of a subscription, in their order")
  public Page<CycleResource> cycles(@PathVariable SubscriptionId id, Paging paging) {
    return subscriptions.cycles(id, paging);
  }

  @PostMapping("/{id}/change-request")
  @Operation(
      operationId = "requestPlanChangeOfTenant",
      summary = "Ask for another plan for a tenant, as its owner could")
  ResponseEntity<PlanChangeResource> change(
      @PathVariable SubscriptionId id,
      @Valid @RequestBody PlanChangeRequest asked,
      ExpectedVersion expected,
      Caller caller,
      CommandKey key,
      @Now Instant at) {
    return ResponseEntity.created(URI.create("/api/platform/subscriptions/" + id))
        .body(
            changes.request(
                id,
                key.derive(PlanChangeId::derive),
                asked.planCode(),
                expected.orNull(),
                caller,
                at));
  }

  @DeleteMapping("/{id}/change-request/{change}")
  @Operation(
      operationId = "withdrawPlanChangeOfTenant",
      summary = "Take a tenant's pending change of plan back")
  PlanChangeResource withdraw(
      @PathVariable SubscriptionId id,
      @PathVariable PlanChangeId change,
      Caller caller,
      @Now Instant at) {
    return changes.withdraw(id, change, caller, at);
  }

  @PostMapping("/{id}/quantity")
  @Operation(
      operationId = "changeQuantityOfTenant",
      summary = "More or less of the plan that a tenant has")
  SubscriptionResource quantity(
      @PathVariable SubscriptionId id,
      @Valid @RequestBody QuantityRequest asked,
      ExpectedVersion expected,
      Caller caller,
      CommandKey key,
      @Now Instant at) {
    commands.send(
        new ChangeQuantity(
            id,
            key.derive(PlanChangeId::derive),
            asked.quantity(),
            subscriptions.progress(subscriptions.row(id)),
            expected.orNull(),
            at),
        caller.actor());
    return subscriptions.current(id);
  }

  @PostMapping("/{id}/coupons")
  @Operation(operationId = "redeemCouponForTenant", summary = "Redeem a coupon for a tenant")
  SubscriptionResource redeem(
      @PathVariable SubscriptionId id,
      @Valid @RequestBody RedeemRequest asked,
      ExpectedVersion expected,
      Caller caller,
      @Now Instant at) {
    subscriptions.row(id);
    commands.send(new RedeemCoupon(id, asked.code(), expected.orNull(), at), caller.actor());
    return subscriptions.current(id);
  }

  @PostMapping("/{id}/cancel")
  @Operation(
      operationId = "cancelSubscriptionOfTenant",
      summary = "Cancel a tenant's subscription, now or at the period's end")
  SubscriptionResource cancel(
      @PathVariable SubscriptionId id,
      @Valid @RequestBody CancelRequest asked,
      ExpectedVersion expected,
      Caller caller,
      @Now Instant at) {
    subscriptions.row(id);
    commands.send(
        new CancelSubscription(id, asked.at(), asked.reason(), expected.orNull(), at),
        caller.actor());
    return subscriptions.current(id);
  }
}
