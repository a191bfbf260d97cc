package io.billingledger.api.finance;

import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.kernel.CreditId;
import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.BillingProfile;
import io.billingledger.tenant.BillingProfiles;
import io.billingledger.view.account.CreditMovement;
import io.billingledger.view.account.CreditMovements;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.joda.money.Money;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a tenant has paid too much. */
@RestController
@RequestMapping("/api/platform/tenants/{tenant}/credit")
@Tag(name = "Finance")
class CreditController {
  private final CreditMovements movements;
  private final BillingProfiles tenants;

  CreditController(CreditMovements movements, BillingProfiles tenants) {
    this.movements = movements;
    this.tenants = tenants;
  }

  /**
   * @param data the movements, newest first
   */
  record Credit(
      TenantId tenantId, Money balance, List<Movement> data, boolean hasMore, String nextCursor) {}

  /**
   * @param amount negative when an invoice drew it
   * @param cause of a grant: the payment or the voided invoice; null otherwise
   * @param balance after it
   */
  record Movement(
      CreditMovement.Kind kind,
      Money amount,
      Money balance,
      String invoiceId,
      String cause,
      Instant at) {

    static Movement of(CreditMovement row) {
      return new Movement(
          row.kind(), row.amount(), row.balance(), row.invoiceId(), row.causeKey(), row.movedAt());
    }
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
