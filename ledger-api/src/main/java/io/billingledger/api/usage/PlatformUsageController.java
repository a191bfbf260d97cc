package io.billingledger.api.usage;

import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.usage.UsageQueries.Filter;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.BillingProfiles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A tenant's usage, as the platform reads it. */
@RestController
@RequestMapping("/api/platform/usage")
@Tag(name = "Usage")
class PlatformUsageController {
  private final UsageQueries queries;
  private final BillingProfiles tenants;

  PlatformUsageController(UsageQueries queries, BillingProfiles tenants) {
    this.queries = queries;
    this.tenants = tenants;
  }

  @GetMapping
  @Operation(
      operationId = "listUsageOfTenant",
      summary = "A tenant's records of usage, the latest accepted first")
  Page<UsageResource> list(
      @RequestParam(name = "tenant_id") TenantId tenant,
      @RequestParam(required = false) String metric,
      @RequestParam(name = "subscription_id", required = false) SubscriptionId subscription,
      @RequestParam(required = false) Instant from,
      @RequestParam(required = false) Instant to,
      Paging paging) {
    // Refuses a tenant that is not known.
    TenantId known = tenants.of(tenant).tenantId();
    return queries.list(new Filter(known, metric, subscription, from, to), paging);
  }
}
