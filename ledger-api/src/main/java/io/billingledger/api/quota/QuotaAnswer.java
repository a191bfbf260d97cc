package io.billingledger.api.quota;

import io.billingledger.catalog.Enforcement;
import io.billingledger.entitlement.Allowance;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.subscription.SubscriptionStatus;
import io.billingledger.tenant.WriteAccess;
import io.billingledger.view.quota.Quota;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * What a tenant may use and has used in its present cycle. The two flat quotas are for older
 * clients (T25); {@code modules} has every limit of the plan.
 *
 * @param planCode null, like all that follows from a subscription, if there never was one
 * @param periodStart first day of the cycle, null before any began
 * @param periodEnd first day after it
 * @param cycleNo 0 is the trial
 */
record QuotaAnswer(
    String planCode,
    LocalDate periodStart,
    LocalDate periodEnd,
    Core orderQuota,
    Core waQuota,
    SubscriptionStatus subscriptionStatus,
    WriteAccess writeAccessMode,
    Integer cycleNo,
    SubscriptionId subscriptionId,
    List<Module> modules) {

  /**
   * @param limit null is unlimited; zero where the plan includes nothing
   * @param remaining null is unlimited
   */
  record Core(BigDecimal limit, BigDecimal used, BigDecimal remaining) {
    private static final Core NOTHING = new Core(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
  }

  /**
   * @param limit null is unlimited
   * @param overage what is used beyond the limit
   * @param overageUnitPrice in the plan's currency; null if none
   */
  record Module(
      String module,
      String metric,
      BigDecimal limit,
      BigDecimal used,
      BigDecimal remaining,
      Enforcement enforcement,
      BigDecimal overage,
      BigDecimal overageUnitPrice) {

    static Module of(Quota.Line line) {
      Allowance allowance = line.allowance();
      return new Module(
          allowance.module(),
          allowance.metric(),
          Decimals.tidy(allowance.limit()),
          Decimals.tidy(line.used()),
          Decimals.tidy(allowance.remaining(line.used()).orElse(null)),
          allowance.enforcement(),
          Decimals.tidy(allowance.beyond(line.used())),
          allowance.overageUnitPrice());
    }
  }

  static QuotaAnswer of(Quota quota) {
    Quota.Subscribed subscription = quota.subscription();
    List<Module> modules = quota.lines().stream().map(Module::of).toList();
    return new QuotaAnswer(
        subscription == null ? null : subscription.planCode(),
        subscription == null ? null : subscription.periodStart(),
        subscription == null ? null : subscription.periodEnd(),
        core(modules, "orders", "orders"),
        core(modules, "wa", "messages"),
        quota.license().status(),
        quota.license().access(),
        subscription == null ? null : subscription.cycleNo(),
        subscription == null ? null : subscription.id(),
        modules);
  }

  private static Core core(List<Module> modules, String module, String metric) {
    return modules.stream()
        .filter(each -> each.module().equals(module) && each.metric().equals(metric))
        .findFirst()
        .map(each -> new Core(each.limit(), each.used(), each.remaining()))
        .orElse(Core.NOTHING);
  }
}
