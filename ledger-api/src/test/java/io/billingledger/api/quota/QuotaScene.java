package io.billingledger.api.quota;

import io.billingledger.api.ApiClient;
import io.billingledger.api.keys.ApiKeys;
import io.billingledger.api.security.Caller;
import io.billingledger.api.security.Role;
import io.billingledger.catalog.Activation;
import io.billingledger.catalog.CatalogEvent.PlanPublished;
import io.billingledger.catalog.CatalogEvent.PlanVersionPublished;
import io.billingledger.catalog.DunningPolicy;
import io.billingledger.catalog.Enforcement;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.catalog.UsageLimit;
import io.billingledger.catalog.VersionReach;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.ApiKeyId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PlanId;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.subscription.SubscriptionEvent;
import io.billingledger.subscription.SubscriptionEvent.CycleStarted;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCreated;
import io.billingledger.subscription.SubscriptionEvent.TrialStarted;
import io.billingledger.tenant.DeploymentType;
import io.billingledger.tenant.Hold;
import io.billingledger.tenant.HoldKind;
import io.billingledger.tenant.TenantEvent;
import io.billingledger.tenant.TenantEvent.HoldLifted;
import io.billingledger.tenant.TenantEvent.HoldPlaced;
import io.billingledger.tenant.TenantEvent.TenantProvisioned;
import io.billingledger.tenant.TenantEvent.TenantRegistered;
import io.billingledger.time.BillingInterval.RollingDays;
import io.billingledger.time.BillingPeriod;
import io.billingledger.view.quota.QuotaProjection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One tenant whose history is told to the quota view directly: no aggregate, no saga, so that every
 * state is at hand. Its rows are taken away again, so that no check of the whole finds them.
 */
final class QuotaScene {
  static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
  static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  final TenantId tenant = TenantId.next();
  final SubscriptionId subscription = SubscriptionId.next();
  final PlanId plan = PlanId.next();
  final String planCode = "plan-" + plan;

  private final QuotaProjection view;
  private final ApiKeys keys;
  private final JdbcClient database;
  private final TransactionTemplate transaction;
  private long planEvents;
  private long tenantEvents;
  private long subscriptionEvents;
  private long position = 1_000_000;

  QuotaScene(
      QuotaProjection view, ApiKeys keys, JdbcClient database, TransactionTemplate transaction) {
    this.view = view;
    this.keys = keys;
    this.database = database;
    this.transaction = transaction;
  }

  static UsageLimit limit(String module, String metric, String limit, Enforcement enforcement) {
    return new UsageLimit(
        module,
        metric,
        limit == null ? null : new BigDecimal(limit),
        enforcement,
        enforcement == Enforcement.OVERAGE_CHARGE ? new BigDecimal("1500") : null);
  }

  /** A provisioned tenant in its first cycle, with these limits. */
  QuotaScene running(UsageLimit... limits) {
    publish(limits);
    register();
    subscribe();
    startCycle(1, 1);
    return this;
  }

  void publish(UsageLimit... limits) {
    PlanTerms terms = terms((int) planEvents + 1, List.of(limits));
    tell(
        () ->
            view.on(
                planEvents == 0
                    ? new PlanPublished(plan, planCode, "erp", "Basic", null, 1, terms, AT)
                    : new PlanVersionPublished(plan, terms, AT),
                planEvents++,
                next()));
  }

  void register() {
    tenant(
        new TenantRegistered(
            tenant,
            "Toko",
            "ID",
            CurrencyUnit.of("IDR"),
            JAKARTA,
            "main",
            null,
            null,
            DeploymentType.SHARED,
            AT));
    tenant(new TenantProvisioned(tenant, AT));
  }

  void hold(String key, HoldKind kind) {
    tenant(new HoldPlaced(tenant, new Hold(key, kind, null, "because", "somebody", AT)));
  }

  void lift(String key, HoldKind kind) {
    tenant(new HoldLifted(tenant, key, kind, "because", "somebody", AT));
  }

  void subscribe() {
    subscription(
        new SubscriptionCreated(
            subscription,
            tenant,
            "erp",
            planCode,
            1,
            1,
            true,
            Activation.IMMEDIATE,
            LocalDate.of(2026, 1, 1),
            0,
            JAKARTA,
            AT));
  }

  void startTrial() {
    subscription(new TrialStarted(subscription, period(0), planCode, 1, AT));
  }

  void startCycle(int cycleNo, int planVersion) {
    subscription(
        new CycleStarted(
            subscription,
            cycleNo,
            period(cycleNo - 1),
            planCode,
            planVersion,
            InvoiceId.derive(subscription, cycleNo),
            AT,
            null,
            null));
  }

  void subscription(SubscriptionEvent event) {
    tell(() -> view.on(event, subscriptionEvents++, next()));
  }

  void tenant(TenantEvent event) {
    tell(() -> view.on(event, tenantEvents++, next()));
  }

  ApiClient client(int port, Role role) {
    String secret = keys.newSecret();
    Scope.allTenants(
        () ->
            transaction.execute(
                _ ->
                    keys.create(
                        ApiKeyId.next(),
                        secret,
                        new Caller(new Actor("erp-" + role), Set.of(role), Optional.of(tenant)),
                        new Actor("test"),
                        AT)));
    return ApiClient.anonymous(port).as(secret);
  }

  /** What the tenant's own transactions see. */
  <T> T asTenant(java.util.function.Supplier<T> work) {
    return Scope.tenant(tenant, () -> transaction.execute(_ -> work.get()));
  }

  void leave() {
    tell(
        () -> {
          delete("view_quota_tenant", "tenant_id", tenant.value());
          delete("view_quota_subscription", "tenant_id", tenant.value());
          delete("view_quota_plan", "plan_id", plan.value());
          delete("view_quota_limit", "plan_code", planCode);
        });
  }

  private void delete(String table, String column, String value) {
    database.sql("DELETE FROM " + table + " WHERE " + column + " = ?").param(value).update();
  }

  private void tell(Runnable event) {
    Scope.allTenants(() -> transaction.executeWithoutResult(_ -> event.run()));
  }

  private GlobalSequenceTrackingToken next() {
    return new GlobalSequenceTrackingToken(position++);
  }

  private static BillingPeriod period(int number) {
    LocalDate start = LocalDate.of(2026, 1, 1).plusDays(30L * number);
    return new BillingPeriod(start, start.plusDays(30));
  }

  private static PlanTerms terms(int version, List<UsageLimit> limits) {
    return new PlanTerms(
        version,
        LocalDate.of(2026, 1, 1),
        Money.parse("IDR 150000"),
        TaxBehaviour.INCLUSIVE,
        new RollingDays(30),
        0,
        Money.parse("IDR 0"),
        Activation.IMMEDIATE,
        limits,
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
