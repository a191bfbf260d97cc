package io.billingledger.rating;

import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.UsageLimit;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What the platform charges a tenant for a month, from the usage that was reported for it (P09,
 * P11, P12). A pure function: it makes no invoice and keeps nothing.
 *
 * @param fee of the plan for its quantity, for one period
 * @param usage what the reported metrics and what exceeds the limits cost
 */
public record MonthlyBilling(Money fee, RatedReading usage) {
  /** Names of the entitlement without which nobody is charged automatically. */
  public static final String MODULE = "financials";

  public static final String METRIC = "automated_billing";

  public static MonthlyBilling of(
      PlanTerms terms, int quantity, UsageReading reported, PricingEngine engine) {
    return new MonthlyBilling(
        terms.price().multipliedBy(quantity), UsageRating.rate(terms, reported, engine));
  }

  /** Why a plan is not charged for automatically; empty if it is. */
  public static Optional<String> skipped(PlanTerms terms) {
    Optional<UsageLimit> licence =
        terms.limits().stream()
            .filter(limit -> limit.module().equals(MODULE) && limit.metric().equals(METRIC))
            .findFirst();
    if (licence.isEmpty()) {
      return Optional.of("the plan does not license %s:%s".formatted(MODULE, METRIC));
    }
    return licence
        .filter(limit -> limit.limit() != null && limit.limit().signum() == 0)
        .map(_ -> "the plan licenses none of %s:%s".formatted(MODULE, METRIC));
  }

  /** In the catalogue's terms, with tax inside where prices have it. */
  public Money total() {
    CurrencyUnit currency = fee.getCurrencyUnit();
    return fee.plus(usage.total(currency));
  }
}
