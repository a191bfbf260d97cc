package io.billingledger.catalog;

import io.billingledger.time.BillingInterval;
import java.time.LocalDate;
import java.util.List;
import org.joda.money.Money;

/**
 * One published version of a plan; never changes.
 *
 * @param version from 1, without a gap
 * @param validFrom holds for periods that begin on this date or later
 * @param setupFee charged once with the first cycle; zero if none
 * @param meters what usage is charged for; none in plans that were published without
 * @param minimum and {@code maximum} of what a subscription's cycle costs, its price and its meters
 *     together; null if there is none
 * @param appliesTo whom the version reaches; everybody unless it says otherwise
 */
public record PlanTerms(
    int version,
    LocalDate validFrom,
    Money price,
    TaxBehaviour taxBehaviour,
    BillingInterval interval,
    int trialDays,
    Money setupFee,
    Activation activation,
    List<UsageLimit> limits,
    DunningPolicy dunning,
    List<ChangeRule> changeRules,
    List<Meter> meters,
    Money minimum,
    Money maximum,
    VersionReach appliesTo) {

  public PlanTerms {
    limits = List.copyOf(limits);
    changeRules = List.copyOf(changeRules);
    meters = meters == null ? List.of() : List.copyOf(meters);
    appliesTo = appliesTo == null ? VersionReach.ALL_FROM_NEXT_CYCLE : appliesTo;
  }

  public ChangeTiming timingTo(String planCode) {
    return changeRules.stream()
        .filter(rule -> rule.toPlanCode().equals(planCode))
        .findFirst()
        .map(ChangeRule::timing)
        .orElse(ChangeTiming.END_OF_TERM);
  }
}
