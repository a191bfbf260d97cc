package io.billingledger.api.catalog;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.DunningPolicy;
import io.billingledger.catalog.Meter;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.RevenueMethod;
import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.catalog.UsageTerms;
import io.billingledger.catalog.VersionReach;
import io.billingledger.time.BillingInterval.RollingDays;
import io.billingledger.time.ProrationBasis;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.joda.money.Money;

/** What plans are published from. What a request leaves out is as in the base that it builds on. */
final class PlanRequest {
  private static final int DEFAULT_DAYS = 30;

  private PlanRequest() {}

  /**
   * @param taxBehaviour INCLUSIVE unless given
   * @param interval 30 rolling days unless given
   * @param activation IMMEDIATE unless given
   * @param meters what usage is charged for
   * @param minimum and {@code maximum} of what a cycle costs, the price and the meters together
   * @param appliesTo of a later version: ALL_FROM_NEXT_CYCLE unless given
   * @param usage a day of grace and no trial balance unless given
   * @param proration what parts of a period are measured in: ACTUAL_DAYS unless given
   * @param revenueMethod how what is charged for a period is earned: DAILY unless given
   * @param validFrom today unless given
   */
  record NewPlan(
      @NotNull @Pattern(regexp = Codes.PATTERN, message = Codes.RULE) String code,
      @NotNull @Pattern(regexp = Codes.PATTERN, message = Codes.RULE) String productCode,
      @NotBlank @Size(max = 200) String name,
      @Size(max = 2000) String description,
      @Min(0) @Max(1_000_000) Integer displayOrder,
      @NotNull Money price,
      TaxBehaviour taxBehaviour,
      @Valid IntervalShape interval,
      @Min(0) @Max(730) Integer trialDays,
      Money setupFee,
      Activation activation,
      @Size(max = 200) List<@NotNull @Valid LimitShape> limits,
      @Size(max = 100) List<@NotNull @Valid MeterShape> meters,
      Money minimum,
      Money maximum,
      @Valid DunningShape dunning,
      @Size(max = 200) List<@NotNull @Valid ChangeRuleShape> changeRules,
      VersionReach appliesTo,
      @Valid UsageTermsShape usage,
      ProrationBasis proration,
      RevenueMethod revenueMethod,
      LocalDate validFrom) {

    PlanTerms terms(LocalDate today) {
      PlanTerms defaults =
          new PlanTerms(
              1,
              today,
              price,
              TaxBehaviour.INCLUSIVE,
              new RollingDays(DEFAULT_DAYS),
              0,
              Money.zero(price.getCurrencyUnit()),
              Activation.IMMEDIATE,
              List.of(),
              DunningPolicy.DEFAULT,
              List.of(),
              List.of(),
              null,
              null,
              VersionReach.ALL_FROM_NEXT_CYCLE,
              UsageTerms.DEFAULT,
              ProrationBasis.ACTUAL_DAYS);
      return new NewVersion(
              price,
              taxBehaviour,
              interval,
              trialDays,
              setupFee,
              activation,
              limits,
              meters,
              minimum,
              maximum,
              dunning,
              changeRules,
              appliesTo,
              usage,
              proration,
              revenueMethod,
              validFrom)
          .terms(defaults, today);
    }
  }

  /**
   * What is left out stays as in the version before.
   *
   * @param meters all of them; an empty list takes them away
   * @param appliesTo ALL_FROM_NEXT_CYCLE unless given
   */
  record NewVersion(
      Money price,
      TaxBehaviour taxBehaviour,
      @Valid IntervalShape interval,
      @Min(0) @Max(730) Integer trialDays,
      Money setupFee,
      Activation activation,
      @Size(max = 200) List<@NotNull @Valid LimitShape> limits,
      @Size(max = 100) List<@NotNull @Valid MeterShape> meters,
      Money minimum,
      Money maximum,
      @Valid DunningShape dunning,
      @Size(max = 200) List<@NotNull @Valid ChangeRuleShape> changeRules,
      VersionReach appliesTo,
      @Valid UsageTermsShape usage,
      ProrationBasis proration,
      RevenueMethod revenueMethod,
      LocalDate validFrom) {

    PlanTerms terms(PlanTerms base, LocalDate today) {
      return new PlanTerms(
          base.version(),
          or(validFrom, today),
          or(price, base.price()),
          or(taxBehaviour, base.taxBehaviour()),
          interval == null ? base.interval() : interval.interval(),
          or(trialDays, base.trialDays()),
          or(setupFee, base.setupFee()),
          or(activation, base.activation()),
          all(limits, LimitShape::limits).orElse(base.limits()),
          dunning == null ? base.dunning() : dunning.over(base.dunning()),
          all(changeRules, ChangeRuleShape::rule).orElse(base.changeRules()),
          meters == null ? base.meters() : meters(meters),
          or(minimum, base.minimum()),
          or(maximum, base.maximum()),
          or(appliesTo, VersionReach.ALL_FROM_NEXT_CYCLE),
          usage == null ? base.usage() : usage.over(base.usage()),
          or(proration, base.proration()),
          or(revenueMethod, base.revenue()));
    }

    private static List<Meter> meters(List<MeterShape> shapes) {
      return IntStream.range(0, shapes.size())
          .mapToObj(i -> shapes.get(i).meterOfPlan("/meters/" + i))
          .toList();
    }
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private static <T, R> Optional<List<R>> all(List<T> given, Function<T, R> change) {
    return Optional.ofNullable(given).map(list -> list.stream().map(change).toList());
  }
}
