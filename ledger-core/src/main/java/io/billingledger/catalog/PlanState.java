package io.billingledger.catalog;

import io.billingledger.catalog.CatalogCommand.PublishPlan;
import io.billingledger.catalog.CatalogCommand.PublishPlanVersion;
import io.billingledger.catalog.CatalogCommand.RetirePlan;
import io.billingledger.catalog.CatalogEvent.PlanEvent;
import io.billingledger.catalog.CatalogEvent.PlanPublished;
import io.billingledger.catalog.CatalogEvent.PlanRetired;
import io.billingledger.catalog.CatalogEvent.PlanVersionPublished;
import io.billingledger.catalog.CatalogRejection.CurrencyFixed;
import io.billingledger.catalog.CatalogRejection.PlanRetiredAlready;
import io.billingledger.catalog.CatalogRejection.PlanUnknown;
import io.billingledger.catalog.CatalogRejection.TermsInvalid;
import io.billingledger.catalog.CatalogRejection.VersionStartsTooEarly;
import io.billingledger.kernel.PlanId;
import io.billingledger.kernel.Rejected;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.joda.money.Money;

/** A plan as its history tells it, and the decisions about it. */
public sealed interface PlanState {

  PlanState NONE = new None();

  record None() implements PlanState {}

  record Published(
      PlanId planId,
      String code,
      String productCode,
      String name,
      boolean active,
      List<PlanTerms> versions)
      implements PlanState {

    /** The latest version that holds on the date; the first one before any does. */
    public PlanSnapshot inForce(LocalDate on) {
      return snapshot(
          versions.stream()
              .filter(terms -> !terms.validFrom().isAfter(on))
              .reduce((earlier, later) -> later)
              .orElse(versions.getFirst()));
    }

    /**
     * What a subscription that has the given version gets for a cycle that begins on the date: the
     * latest version that reaches everybody, or the one it has.
     */
    public PlanSnapshot renewing(int number, LocalDate on) {
      return versions.stream()
          .skip(number)
          .filter(terms -> !terms.validFrom().isAfter(on))
          .filter(terms -> terms.appliesTo() == VersionReach.ALL_FROM_NEXT_CYCLE)
          .reduce((earlier, later) -> later)
          .map(this::snapshot)
          .orElseGet(() -> version(number));
    }

    public PlanSnapshot version(int number) {
      if (number < 1 || number > versions.size()) {
        throw new Rejected(new PlanUnknown(code + " version " + number));
      }
      return snapshot(versions.get(number - 1));
    }

    private PlanSnapshot snapshot(PlanTerms terms) {
      return new PlanSnapshot(planId, code, productCode, name, active, terms);
    }
  }

  static List<PlanEvent> decide(PublishPlan command) {
    checkTerms(command.terms());
    return List.of(
        new PlanPublished(
            command.planId(),
            command.code(),
            command.productCode(),
            command.name(),
            command.description(),
            command.displayOrder(),
            numbered(command.terms(), 1),
            command.at()));
  }

  default List<PlanEvent> decide(PublishPlanVersion command) {
    Published plan = published();
    if (!plan.active()) {
      throw new Rejected(new PlanRetiredAlready(plan.code()));
    }
    checkTerms(command.terms());
    PlanTerms last = plan.versions().getLast();
    if (!last.price().isSameCurrency(command.terms().price())) {
      throw new Rejected(new CurrencyFixed(last.price().getCurrencyUnit().getCode()));
    }
    LocalDate earliest =
        last.validFrom().isAfter(command.today()) ? last.validFrom() : command.today();
    if (command.terms().validFrom().isBefore(earliest)) {
      throw new Rejected(new VersionStartsTooEarly(command.terms().validFrom(), earliest));
    }
    return List.of(
        new PlanVersionPublished(
            plan.planId(), numbered(command.terms(), plan.versions().size() + 1), command.at()));
  }

  default List<PlanEvent> decide(RetirePlan command) {
    Published plan = published();
    if (!plan.active()) {
      throw new Rejected(new PlanRetiredAlready(plan.code()));
    }
    return List.of(new PlanRetired(plan.planId(), command.at()));
  }

  default PlanState evolve(PlanEvent event) {
    return switch (event) {
      case PlanPublished e ->
          new Published(e.planId(), e.code(), e.productCode(), e.name(), true, List.of(e.terms()));
      case PlanVersionPublished e -> {
        Published plan = published();
        yield new Published(
            plan.planId(),
            plan.code(),
            plan.productCode(),
            plan.name(),
            plan.active(),
            Stream.concat(plan.versions().stream(), Stream.of(e.terms())).toList());
      }
      case PlanRetired _ -> {
        Published plan = published();
        yield new Published(
            plan.planId(), plan.code(), plan.productCode(), plan.name(), false, plan.versions());
      }
    };
  }

  private Published published() {
    return switch (this) {
      case Published plan -> plan;
      case None _ -> throw new IllegalStateException("no plan was published here");
    };
  }

  private static PlanTerms numbered(PlanTerms terms, int version) {
    return new PlanTerms(
        version,
        terms.validFrom(),
        terms.price(),
        terms.taxBehaviour(),
        terms.interval(),
        terms.trialDays(),
        terms.setupFee(),
        terms.activation(),
        terms.limits(),
        terms.dunning(),
        terms.changeRules(),
        terms.meters(),
        terms.minimum(),
        terms.maximum(),
        terms.appliesTo(),
        terms.usage(),
        terms.proration(),
        terms.revenue());
  }

  private static void checkTerms(PlanTerms terms) {
    require(!terms.price().isNegative(), "/price", "a price is not negative");
    require(!terms.setupFee().isNegative(), "/setup_fee", "a set-up fee is not negative");
    require(
        terms.setupFee().isSameCurrency(terms.price()),
        "/setup_fee",
        "the set-up fee is in the price's currency");
    require(
        terms.trialDays() >= 0 && terms.trialDays() <= 730, "/trial_days", "0 to 730 trial days");
    long distinct =
        terms.limits().stream()
            .map(limit -> limit.module() + "/" + limit.metric())
            .distinct()
            .count();
    require(distinct == terms.limits().size(), "/limits", "one limit per module and metric");
    require(
        terms.limits().stream().allMatch(l -> l.limit() == null || l.limit().signum() >= 0),
        "/limits",
        "a limit is not negative; null is unlimited");
    checkRange(terms);
    checkUsage(terms);
    checkMeters(terms.meters());
  }

  private static void checkRange(PlanTerms terms) {
    checkBound("/minimum", terms.minimum(), terms.price());
    checkBound("/maximum", terms.maximum(), terms.price());
    require(
        terms.minimum() == null
            || terms.maximum() == null
            || !terms.maximum().isLessThan(terms.minimum()),
        "/maximum",
        "it is not less than the minimum");
  }

  private static void checkUsage(PlanTerms terms) {
    int grace = terms.usage().graceDays();
    require(grace >= 0 && grace <= 28, "/usage/grace_days", "0 to 28 days of grace");
    checkBound("/usage/trial_balance", terms.usage().trialBalance(), terms.price());
    require(
        terms.usage().trialBalance() == null || terms.trialDays() > 0 && terms.postpaid(),
        "/usage/trial_balance",
        "it needs a trial, and usage that is charged for");
  }

  private static void checkBound(String field, Money bound, Money price) {
    if (bound != null) {
      require(bound.isSameCurrency(price), field, "it is in the price's currency");
      require(!bound.isNegative(), field, "it is not negative");
    }
  }

  private static void checkMeters(List<Meter> meters) {
    for (int i = 0; i < meters.size(); i++) {
      String code = meters.get(i).metricCode();
      String place = "/meters/" + i;
      require(code != null, place + "/metric_code", "a meter names its metric");
      require(
          meters.stream().filter(meter -> code.equals(meter.metricCode())).count() == 1,
          place + "/metric_code",
          "one meter per metric, and there are several for " + code);
      for (Fault fault : meters.get(i).faults()) {
        require(false, fault.under(place).pointer(), fault.rule());
      }
    }
  }

  private static void require(boolean holds, String field, String rule) {
    if (!holds) {
      throw new Rejected(new TermsInvalid(field, rule));
    }
  }
}
