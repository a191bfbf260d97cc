package io.billingledger.catalog;

import io.billingledger.time.BillingInterval;
import io.billingledger.time.ProrationBasis;
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
 * @param usage how usage is billed; a day of grace and no trial balance unless it says otherwise
 * @param proration what parts of a period are measured in; actual days unless it says otherwise
 * @param revenue how what is charged for a period is earned; by days unless it says otherwise
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
    VersionReach appliesTo,
    UsageTerms usage,
    ProrationBasis proration,
    RevenueMethod revenue) {

  public PlanTerms {
    limits = List.copyOf(limits);
    changeRules = List.copyOf(changeRules);
    meters = meters == null ? List.of() : List.copyOf(meters);
    appliesTo = appliesTo == null ? VersionReach.ALL_FROM_NEXT_CYCLE : appliesTo;
    usage = usage == null ? UsageTerms.DEFAULT : usage;
    proration = proration == null ? ProrationBasis.ACTUAL_DAYS : proration;
    revenue = revenue == null ? RevenueMethod.DAILY : revenue;
  }

  /** Earned by days. */
  public PlanTerms(
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
      VersionReach appliesTo,
      UsageTerms usage,
      ProrationBasis proration) {
    this(
        version,
        validFrom,
        price,
        taxBehaviour,
        interval,
        trialDays,
        setupFee,
        activation,
        limits,
        dunning,
        changeRules,
        meters,
        minimum,
        maximum,
        appliesTo,
        usage,
        proration,
        RevenueMethod.DAILY);
  }

  /**
   * Whether something is charged after it was used. Such a plan has no invoice before its cycle
   * turns: one that comes after it has the usage, and the fee of the new cycle.
   */
  public boolean postpaid() {
    return !meters.isEmpty() || !chargedLimits().isEmpty();
  }

  /** The limits that charge for what exceeds them, in their order. */
  public List<UsageLimit> chargedLimits() {
    return limits.stream().filter(UsageLimit::chargesOverage).toList();
  }

  /**
   * When another quantity of the same plan takes effect: at once, unless the plan has a rule for a
   * change to itself.
   */
  public ChangeTiming timingOfQuantity(String ownCode) {
    return changeRules.stream()
        .filter(rule -> rule.toPlanCode().equals(ownCode))
        .findFirst()
        .map(ChangeRule::timing)
        .orElse(ChangeTiming.IMMEDIATE);
  }

  public ChangeTiming timingTo(String planCode) {
    return changeRules.stream()
        .filter(rule -> rule.toPlanCode().equals(planCode))
        .findFirst()
        .map(ChangeRule::timing)
        .orElse(ChangeTiming.END_OF_TERM);
  }
}
