package io.billingledger.api.catalog;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.DunningPolicy;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.time.BillingInterval.RollingDays;
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
import org.joda.money.Money;

/** What plans are published from. What a request leaves out is as in the base that it builds on. */
final class PlanRequest {
  private static final String NO_METERS = "metered prices are not supported yet";
  private static final int DEFAULT_DAYS = 30;

  private PlanRequest() {}

  /**
   * @param taxBehaviour INCLUSIVE unless given
   * @param interval 30 rolling days unless given
   * @param activation IMMEDIATE unless given
   * @param meters must be empty
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
      @Size(max = 0, message = NO_METERS) List<Object> meters,
      @Valid DunningShape dunning,
      @Size(max = 200) List<@NotNull @Valid ChangeRuleShape> changeRules,
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
              List.of());
      return new NewVersion(
              price,
              taxBehaviour,
              interval,
              trialDays,
              setupFee,
              activation,
              limits,
              meters,
              dunning,
              changeRules,
              validFrom)
          .terms(defaults, today);
    }
  }

  /** What is left out stays as in the version before. */
  record NewVersion(
      Money price,
      TaxBehaviour taxBehaviour,
      @Valid IntervalShape interval,
      @Min(0) @Max(730) Integer trialDays,
      Money setupFee,
      Activation activation,
      @Size(max = 200) List<@NotNull @Valid LimitShape> limits,
      @Size(max = 0, message = NO_METERS) List<Object> meters,
      @Valid DunningShape dunning,
      @Size(max = 200) List<@NotNull @Valid ChangeRuleShape> changeRules,
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
          all(changeRules, ChangeRuleShape::rule).orElse(base.changeRules()));
    }
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private static <T, R> Optional<List<R>> all(List<T> given, Function<T, R> change) {
    return Optional.ofNullable(given).map(list -> list.stream().map(change).toList());
  }
}
