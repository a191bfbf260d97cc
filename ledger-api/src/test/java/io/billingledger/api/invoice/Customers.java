package io.billingledger.api.invoice;

import static org.awaitility.Awaitility.await;

import io.billingledger.api.ApiClient;
import io.billingledger.catalog.Activation;
import io.billingledger.catalog.CatalogCommand.CreateProduct;
import io.billingledger.catalog.CatalogCommand.PublishPlan;
import io.billingledger.catalog.DunningPolicy;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.catalog.VersionReach;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.PlanId;
import io.billingledger.kernel.ProductId;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.Vault;
import io.billingledger.subscription.SubscriptionCommand.CreateSubscription;
import io.billingledger.tenant.DeploymentType;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.tenant.TenantCommand.RegisterTenant;
import io.billingledger.time.BillingInterval.RollingDays;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.springframework.stereotype.Component;

/** Makes tenants with one invoice each. */
@Component
public class Customers {
  private static final Actor SALES = new Actor("sales@example.com");

  private final Commands commands;
  private final Vault vault;
  private final LegalEntity legalEntity;
  private final Clock clock;

  Customers(Commands commands, Vault vault, LegalEntity legalEntity, Clock clock) {
    this.commands = commands;
    this.vault = vault;
    this.legalEntity = legalEntity;
    this.clock = clock;
  }

  /**
   * @param owner calls as the tenant's owner
   * @param invoice its first one
   */
  public record Customer(
      TenantId tenant, SubscriptionId subscription, ApiClient owner, String invoice) {
    public String path() {
      return "/api/subscriptions/invoices/" + invoice;
    }

    public String platformPath() {
      return "/api/platform/invoices/" + invoice;
    }

    String verifyPath() {
      return "/api/platform/subscriptions/invoices/" + invoice + "/verify";
    }
  }

  public Customer sign(ApiClient platform, String price) {
    Instant now = clock.instant();
    TenantId tenant = TenantId.next();
    SubscriptionId subscription = SubscriptionId.next();
    String code = "plan-" + tenant.value().substring(4).toLowerCase(java.util.Locale.ROOT);
    Scope.allTenants(
        () -> {
          commands.send(
              new CreateProduct(ProductId.derive(code), code, "Garment", "", false, now), SALES);
          commands.send(
              new PublishPlan(PlanId.derive(code), code, code, "Starter", "", 1, terms(price), now),
              SALES);
          commands.send(
              new RegisterTenant(
                  tenant,
                  "Customer",
                  "ID",
                  CurrencyUnit.of("IDR"),
                  ZoneId.of("Asia/Jakarta"),
                  legalEntity.id(),
                  null,
                  vault.seal(tenant, "owner@example.com"),
                  DeploymentType.SHARED,
                  now),
              SALES);
          commands.send(
              new CreateSubscription(subscription, tenant, code, null, true, 1, now), SALES);
        });
    ApiClient owner = platform.asNew("owner-" + tenant, "owner", tenant.value());
    String invoice =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () ->
                    platform
                        .get("/api/platform/invoices?tenant_id=" + tenant)
                        .expect(200)
                        .text("/data/0/id"),
                id -> !id.isEmpty());
    return new Customer(tenant, subscription, owner, invoice);
  }

  private static PlanTerms terms(String price) {
    return new PlanTerms(
        1,
        LocalDate.parse("2026-01-01"),
        Money.of(CurrencyUnit.of("IDR"), new java.math.BigDecimal(price)),
        TaxBehaviour.INCLUSIVE,
        new RollingDays(30),
        0,
        Money.zero(CurrencyUnit.of("IDR")),
        Activation.IMMEDIATE,
        List.of(),
        DunningPolicy.DEFAULT,
        List.of(),
        List.of(),
        null,
        null,
        VersionReach.ALL_FROM_NEXT_CYCLE,
        null,
        null);
  }
}
