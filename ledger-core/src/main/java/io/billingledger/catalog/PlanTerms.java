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
    List<ChangeRule> changeRules) {

  public PlanTerms {
    limits = List.copyOf(limits);
    changeRules = List.copyOf(changeRules);
  }

  public ChangeTiming timingTo(String planCode) {
    return changeRules.stream()
        .filter(rule -> rule.toPlanCode().equals(planCode))
        .findFirst()
        .map(ChangeRule::timing)
        .orElse(ChangeTiming.END_OF_TERM);
  }
}
