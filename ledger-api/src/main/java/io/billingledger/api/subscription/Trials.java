package io.billingledger.api.subscription;

import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.PriceBook;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.rating.PricingEngine;
import io.billingledger.rating.UsageRating;
import io.billingledger.rating.UsageSpan;
import io.billingledger.rating.UsedQuantities;
import io.billingledger.view.subscription.CycleRow;
import io.billingledger.view.subscription.CycleStatus;
import io.billingledger.view.subscription.SubscriptionRow;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.joda.money.Money;
import org.springframework.stereotype.Component;

/** What is left of the balance that a plan gives a trial, at the plan's prices. */
@Component
class Trials {
  private final EntityManager rows;
  private final PriceBook prices;
  private final UsedQuantities quantities;

  Trials(EntityManager rows, PriceBook prices, UsedQuantities quantities) {
    this.rows = rows;
    this.prices = prices;
    this.quantities = quantities;
  }

  /** Null for a subscription that has, or had, no trial, as far as its cycles are seen. */
  TrialResource of(SubscriptionRow row) {
    List<CycleRow> trials =
        rows.createQuery(
                "select c from CycleRow c where c.subscriptionId = :id and c.cycleNo = 0",
                CycleRow.class)
            .setParameter("id", row.subscriptionId())
            .getResultList();
    if (trials.isEmpty()) {
      return null;
    }
    CycleRow trial = trials.getFirst();
    PlanTerms terms = prices.version(trial.planCode(), trial.planVersion()).terms();
    Money balance = terms.usage().trialBalance();
    return new TrialResource(
        trial.status() == CycleStatus.CLOSED,
        row.trialStartAt(),
        row.trialEndAt(),
        balance,
        balance == null ? null : left(row, terms, balance));
  }

  private Money left(SubscriptionRow row, PlanTerms terms, Money balance) {
    UsageSpan span =
        new UsageSpan(
            new TenantId(row.tenantId()),
            new SubscriptionId(row.subscriptionId()),
            row.productCode(),
            0,
            row.trialStartAt(),
            row.trialEndAt(),
            terms.meters(),
            terms.chargedLimits());
    Money cost =
        UsageRating.rate(terms, quantities.read(span), PricingEngine.CURRENT)
            .total(balance.getCurrencyUnit());
    return cost.isGreaterThan(balance)
        ? Money.zero(balance.getCurrencyUnit())
        : balance.minus(cost);
  }
}
