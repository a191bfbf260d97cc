package io.billingledger.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.catalog.CatalogCommand.PublishPlan;
import io.billingledger.catalog.CatalogCommand.PublishPlanVersion;
import io.billingledger.catalog.CatalogEvent.PlanEvent;
import io.billingledger.kernel.PlanId;
import io.billingledger.time.BillingInterval.RollingDays;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class PlanVersionsTest {
  private static final PlanId PLAN = PlanId.derive("plan");
  private static final LocalDate JANUARY = LocalDate.of(2026, 1, 1);
  private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);
  private static final LocalDate MAY = LocalDate.of(2026, 5, 1);

  @Test
  void aVersionForNewSubscriptionsReachesOnlyThose() {
    PlanState.Published plan =
        published(
            terms(JANUARY, VersionReach.ALL_FROM_NEXT_CYCLE),
            terms(MARCH, VersionReach.NEW_SUBSCRIPTIONS));
    assertThat(plan.inForce(MARCH).terms().version()).isEqualTo(2);
    assertThat(plan.renewing(1, MARCH).terms().version()).isEqualTo(1);
    assertThat(plan.renewing(2, MARCH).terms().version()).isEqualTo(2);
  }

  @Test
  void aVersionForAllReachesThemFromItsDate() {
    PlanState.Published plan =
        published(
            terms(JANUARY, VersionReach.ALL_FROM_NEXT_CYCLE),
            terms(MARCH, VersionReach.NEW_SUBSCRIPTIONS),
            terms(MAY, VersionReach.ALL_FROM_NEXT_CYCLE));
    assertThat(plan.renewing(1, MAY.minusDays(1)).terms().version()).isEqualTo(1);
    assertThat(plan.renewing(1, MAY).terms().version()).isEqualTo(3);
    assertThat(plan.renewing(2, MAY).terms().version()).isEqualTo(3);
    assertThat(plan.renewing(3, JANUARY).terms().version())
        .as("nobody goes back to a version before its own")
        .isEqualTo(3);
  }

  @Test
  void aLaterVersionForNewSubscriptionsHidesNoEarlierOneForAll() {
    PlanState.Published plan =
        published(
            terms(JANUARY, VersionReach.ALL_FROM_NEXT_CYCLE),
            terms(MARCH, VersionReach.ALL_FROM_NEXT_CYCLE),
            terms(MAY, VersionReach.NEW_SUBSCRIPTIONS));
    assertThat(plan.renewing(1, MAY).terms().version()).isEqualTo(2);
    assertThat(plan.inForce(MAY).terms().version()).isEqualTo(3);
  }

  @Test
  void termsThatCannotBeBilledAreRefusedByTheirField() {
    Meter flat = meter("calls", new BigDecimal("1"));
    assertRefused("/meters/1/unit_price", terms(List.of(flat, meter("runs", null)), null, null));
    assertRefused("/meters/0/metric_code", terms(List.of(flat, flat), null, null));
    assertRefused("/minimum", terms(List.of(), Money.parse("USD 1.00"), null));
    assertRefused("/maximum", terms(List.of(), null, Money.parse("IDR -1.00")));
    assertRefused("/maximum", terms(List.of(), Money.parse("IDR 2.00"), Money.parse("IDR 1.00")));
  }

  private static void assertRefused(String field, PlanTerms terms) {
    assertThatThrownBy(() -> published(terms))
        .hasMessageStartingWith("plan.terms-invalid: " + field);
  }

  private static PlanState.Published published(PlanTerms first, PlanTerms... later) {
    PlanState state =
        after(
            PlanState.NONE,
            PlanState.decide(
                new PublishPlan(PLAN, "basic", "app", "Basic", null, 0, first, Instant.EPOCH)));
    for (PlanTerms terms : later) {
      state =
          after(
              state,
              state.decide(new PublishPlanVersion(PLAN, terms, JANUARY, null, Instant.EPOCH)));
    }
    return (PlanState.Published) state;
  }

  private static PlanState after(PlanState state, List<PlanEvent> events) {
    PlanState next = state;
    for (PlanEvent event : events) {
      next = next.evolve(event);
    }
    return next;
  }

  private static Meter meter(String code, BigDecimal price) {
    return new Meter(
        code,
        code,
        null,
        MeterType.COUNTER,
        Aggregation.SUM,
        null,
        List.of(),
        List.of(),
        LateUsage.REJECT,
        new Pricing(
            PricingModel.FLAT,
            price,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
  }

  private static PlanTerms terms(LocalDate from, VersionReach reach) {
    return terms(from, List.of(), null, null, reach);
  }

  private static PlanTerms terms(List<Meter> meters, Money minimum, Money maximum) {
    return terms(JANUARY, meters, minimum, maximum, VersionReach.ALL_FROM_NEXT_CYCLE);
  }

  private static PlanTerms terms(
      LocalDate from, List<Meter> meters, Money minimum, Money maximum, VersionReach reach) {
    return new PlanTerms(
        1,
        from,
        Money.parse("IDR 150000.00"),
        TaxBehaviour.INCLUSIVE,
        new RollingDays(30),
        0,
        Money.parse("IDR 0.00"),
        Activation.IMMEDIATE,
        List.of(),
        DunningPolicy.DEFAULT,
        List.of(),
        meters,
        minimum,
        maximum,
        reach,
        null,
        null);
  }
}
