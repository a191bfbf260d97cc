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
import io.billingledger.subscription.SubscriptionCommand.CancelSubscription;
import io.billingledger.subscription.SubscriptionCommand.ChangeQuantity;
import io.billingledger.subscription.SubscriptionCommand.RedeemCoupon;
import io.billingledger.subscription.SubscriptionCommand.ResumeSubscription;
import io.billingledger.subscription.SubscriptionCommand.SwitchAutoRenew;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
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

/** A tenant's own subscription: to the primary product, or to the one that the caller names. */
@RestController
@RequestMapping("/api/subscriptions")
@Tag(name = "Subscription")
class OwnSubscriptionController {
  private final Commands commands;
  private final SubscriptionAnswers subscriptions;
  private final PlanChanges changes;

  OwnSubscriptionController(
      Commands commands, SubscriptionAnswers subscriptions, PlanChanges changes) {
    this.commands = commands;
    this.subscriptions = subscriptions;
    this.changes = changes;
  }

  record AutoRenew(@NotNull Boolean enabled) {}

  @GetMapping("/current")
  @Transactional(readOnly = true)
  @Operation(
      operationId = "getCurrentSubscription",
      summary = "The running subscription, or else the one that ended last")
  public SubscriptionResource current(
      @RequestParam(required = false) String product, Caller caller) {
    return subscriptions.read(caller.tenantId(), product);
  }

  @GetMapping("/periods")
  @Transactional(readOnly = true)
  @Operation(
      operationId = "listBillingPeriods",
      summary = "The billing periods of the tenant's subscription, in their order")
  public Page<CycleResource> periods(
      @RequestParam(required = false) String product, Caller caller, Paging paging) {
    return subscriptions.cycles(
        new SubscriptionId(subscriptions.read(caller.tenantId(), product).id()), paging);
  }

  @GetMapping("/periods/current")
  @Transactional(readOnly = true)
  @Operation(
      operationId = "getCurrentBillingPeriod",
      summary = "The billing period that runs, or the last one that did")
  public CycleResource currentPeriod(
      @RequestParam(required = false) String product, Caller caller) {
    return subscriptions.currentCycle(subscriptions.read(caller.tenantId(), product));
  }

  @PostMapping("/change-request")
  @Operation(
      operationId = "requestPlanChange",
      summary = "Ask for another plan: from the next cycle on, or at once where the plan says so")
  ResponseEntity<PlanChangeResource> change(
      @RequestParam(required = false) String product,
      @Valid @RequestBody PlanChangeRequest asked,
      ExpectedVersion expected,
      Caller caller,
      CommandKey key,
      @Now Instant at) {
    return ResponseEntity.created(URI.create("/api/subscriptions/current"))
        .body(
            changes.request(
                subscriptions.target(caller.tenantId(), product),
                key.derive(PlanChangeId::derive),
                asked.planCode(),
                expected.orNull(),
                caller,
                at));
  }

  @DeleteMapping("/change-request/{id}")
  @Operation(operationId = "withdrawPlanChange", summary = "Take a pending change of plan back")
  PlanChangeResource withdraw(
      @PathVariable PlanChangeId id,
      @RequestParam(required = false) String product,
      Caller caller,
      @Now Instant at) {
    return changes.withdraw(subscriptions.target(caller.tenantId(), product), id, caller, at);
  }

  @PostMapping("/quantity")
  @Operation(operationId = "changeQuantity", summary = "More or less of the same plan")
  SubscriptionResource quantity(
      @RequestParam(required = false) String product,
      @Valid @RequestBody QuantityRequest asked,
      ExpectedVersion expected,
      Caller caller,
      CommandKey key,
      @Now Instant at) {
    SubscriptionId id = subscriptions.target(caller.tenantId(), product);
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

  @PostMapping("/coupons")
  @Operation(operationId = "redeemCoupon", summary = "Redeem a coupon")
  SubscriptionResource redeem(
      @RequestParam(required = false) String product,
      @Valid @RequestBody RedeemRequest asked,
      ExpectedVersion expected,
      Caller caller,
      @Now Instant at) {
    SubscriptionId id = subscriptions.target(caller.tenantId(), product);
    commands.send(new RedeemCoupon(id, asked.code(), expected.orNull(), at), caller.actor());
    return subscriptions.current(id);
  }

  @PostMapping("/cancel")
  @Operation(operationId = "cancelSubscription", summary = "Cancel now or at the period's end")
  SubscriptionResource cancel(
      @RequestParam(required = false) String product,
      @Valid @RequestBody CancelRequest asked,
      ExpectedVersion expected,
      Caller caller,
      @Now Instant at) {
    SubscriptionId id = subscriptions.target(caller.tenantId(), product);
    commands.send(
        new CancelSubscription(id, asked.at(), asked.reason(), expected.orNull(), at),
        caller.actor());
    return subscriptions.current(id);
  }

  @PostMapping("/resume")
  @Operation(operationId = "resumeSubscription", summary = "Undo a cancellation that is pending")
  SubscriptionResource resume(
      @RequestParam(required = false) String product,
      ExpectedVersion expected,
      Caller caller,
      @Now Instant at) {
    SubscriptionId id = subscriptions.target(caller.tenantId(), product);
    commands.send(new ResumeSubscription(id, expected.orNull(), at), caller.actor());
    return subscriptions.current(id);
  }

  @PostMapping("/auto-renew")
  @Operation(operationId = "switchAutoRenew", summary = "Renew at the period's end, or not")
  SubscriptionResource autoRenew(
      @RequestParam(required = false) String product,
      @Valid @RequestBody AutoRenew asked,
      ExpectedVersion expected,
      Caller caller,
      @Now Instant at) {
    SubscriptionId id = subscriptions.target(caller.tenantId(), product);
    commands.send(new SwitchAutoRenew(id, asked.enabled(), expected.orNull(), at), caller.actor());
    return subscriptions.current(id);
  }
}
