package io.billingledger.api.finance;

import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.credit.CreditCommand.GiveCredit;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.CreditId;
import io.billingledger.kernel.GrantId;
import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.BillingProfile;
import io.billingledger.tenant.BillingProfiles;
import io.billingledger.view.account.CreditMovement;
import io.billingledger.view.account.CreditMovements;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.joda.money.Money;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A tenant's credit: what was paid too much, taken back, or given. */
@RestController
@RequestMapping("/api/platform/tenants/{tenant}/credit")
@Tag(name = "Finance")
class CreditController {
  private final CreditMovements movements;
  private final BillingProfiles tenants;

  private final Commands commands;

  CreditController(CreditMovements movements, BillingProfiles tenants, Commands commands) {
    this.movements = movements;
    this.tenants = tenants;
    this.commands = commands;
  }

  /**
   * Goodwill or promotion: credit that nobody has paid for.
   *
   * @param expiresAt from then on it cannot be drawn; never when left out
   */
  record NewCredit(
      @NotNull Money amount, @NotBlank @Size(max = 1000) String reason, Instant expiresAt) {}

  /** As it was given. */
  record GivenCredit(
      GrantId id, TenantId tenantId, Money amount, String reason, Instant expiresAt) {}

  /**
   * @param data the movements, newest first
   */
  record Credit(
      TenantId tenantId, Money balance, List<Movement> data, boolean hasMore, String nextCursor) {}

  /**
   * @param amount negative when it went
   * @param cause what came or went: the payment, the voided invoice, the credit note or the grant;
   *     null when an invoice drew or returned it
   * @param balance after it
   * @param reason of what a person gave
   * @param expiresAt of what a person gave, if ever
   */
  record Movement(
      CreditMovement.Kind kind,
      Money amount,
      Money balance,
      String invoiceId,
      String cause,
      Instant at,
      String reason,
      Instant expiresAt) {

    static Movement of(CreditMovement row) {
      return new Movement(
          row.kind(),
          row.amount(),
          row.balance(),
          row.invoiceId(),
          row.causeKey(),
          row.movedAt(),
          row.reason(),
          row.expiresAt());
    }
  }

  @PostMapping
  @Operation(operationId = "giveCredit", summary = "Give a tenant credit that nobody has paid for")
  ResponseEntity<GivenCredit> give(
      @PathVariable TenantId tenant,
      @Valid @RequestBody NewCredit asked,
      Caller caller,
      CommandKey key,
      @Now Instant now) {
    tenants.of(tenant);
    GrantId id = key.derive(GrantId::derive, tenant);
    commands.send(
        new GiveCredit(
            CreditId.of(tenant),
            tenant,
            id.value(),
            asked.amount(),
            asked.reason(),
            asked.expiresAt(),
            now),
        caller.actor());
    return ResponseEntity.created(URI.create("/api/platform/tenants/" + tenant + "/credit"))
        .body(new GivenCredit(id, tenant, asked.amount(), asked.reason(), asked.expiresAt()));
  }

  @GetMapping
  @Operation(operationId = "getCredit", summary = "A tenant's credit and how it came about")
  Credit get(@PathVariable TenantId tenant, Paging paging) {
    BillingProfile profile = tenants.of(tenant);
    String credit = CreditId.of(tenant).value();
    Money balance =
        movements.last(credit).map(CreditMovement::balance).orElse(Money.zero(profile.currency()));
    Page<Movement> page =
        paging
            .page(
                movements.of(credit, paging.newestFirst().position(), paging.fetch()),
                row -> new Cursor(row.sequence(), credit))
            .map(Movement::of);
    return new Credit(tenant, balance, page.data(), page.hasMore(), page.nextCursor());
  }
}
