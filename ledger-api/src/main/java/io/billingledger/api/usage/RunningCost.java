package io.billingledger.api.usage;

import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.PriceBook;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.rating.PricingEngine;
import io.billingledger.rating.UsageRating;
import io.billingledger.rating.UsageSpan;
import io.billingledger.rating.UsedQuantities;
import io.billingledger.time.LocalDays;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.joda.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the usage of a subscription's present cycle has cost so far, at the plan's prices. */
@Component
class RunningCost {
  private final JdbcClient database;
  private final PriceBook prices;
  private final UsedQuantities quantities;

  RunningCost(JdbcClient database, PriceBook prices, UsedQuantities quantities) {
    this.database = database;
    this.prices = prices;
    this.quantities = quantities;
  }

  /**
   * @param trial whether the cycle is the trial
   * @param balance what the plan gives the trial to draw down; null if nothing
   */
  record SoFar(Money total, boolean trial, Money balance) {

    /** What is left of the trial's balance; null where there is none. */
    Money left() {
      if (!trial || balance == null) {
        return null;
      }
      return total.isGreaterThan(balance)
          ? Money.zero(balance.getCurrencyUnit())
          : balance.minus(total);
    }

    /** What of the total will be billed. */
    Money billable() {
      Money zero = Money.zero(total.getCurrencyUnit());
      if (!trial) {
        return total;
      }
      return balance == null || total.isLessThan(balance) ? zero : total.minus(balance);
    }
  }

  private record Cycle(
      String productCode,
      String planCode,
      int planVersion,
      int number,
      LocalDate start,
      LocalDate end,
      ZoneId zone) {}

  /**
   * One at a time for each subscription until the transaction ends, so that the costs told for
   * records that come this way add up. Empty where no cycle runs.
   */
  Optional<SoFar> of(TenantId tenant, SubscriptionId subscription) {
    database
        .sql("SELECT pg_advisory_xact_lock(hashtextextended('usage-cost/' || ?, 0))")
        .param(subscription.value())
        .query((_, _) -> 0)
        .list();
    return cycle(subscription)
        .map(
            cycle -> {
              PlanTerms terms = prices.version(cycle.planCode(), cycle.planVersion()).terms();
              UsageSpan span =
                  new UsageSpan(
                      tenant,
                      subscription,
                      cycle.productCode(),
                      cycle.number(),
                      LocalDays.startOf(cycle.start(), cycle.zone()),
                      LocalDays.startOf(cycle.end(), cycle.zone()),
                      terms.meters(),
                      terms.chargedLimits());
              return new SoFar(
                  UsageRating.rate(terms, quantities.read(span), PricingEngine.CURRENT)
                      .total(terms.price().getCurrencyUnit()),
                  cycle.number() == 0,
                  terms.usage().trialBalance());
            });
  }

  private Optional<Cycle> cycle(SubscriptionId subscription) {
    return database
        .sql(
            """
            SELECT s.product_code, s.plan_code, s.plan_version, s.cycle_no,
              coalesce(c.plan_since, s.period_start) AS period_start, s.period_end, s.zone
            FROM view_subscription s LEFT JOIN view_subscription_cycle c
              ON c.subscription_id = s.subscription_id AND c.cycle_no = s.cycle_no
            WHERE s.subscription_id = ? AND s.period_start IS NOT NULL""")
        .param(subscription.value())
        .query(
            (row, _) ->
                new Cycle(
                    row.getString("product_code"),
                    row.getString("plan_code"),
                    row.getInt("plan_version"),
                    row.getInt("cycle_no"),
                    row.getObject("period_start", LocalDate.class),
                    row.getObject("period_end", LocalDate.class),
                    ZoneId.of(row.getString("zone"))))
        .optional();
  }
}
