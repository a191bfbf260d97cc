package io.billingledger.view.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.Aggregation;
import io.billingledger.catalog.CatalogEvent.PlanEvent;
import io.billingledger.catalog.CatalogEvent.PlanPublished;
import io.billingledger.catalog.CatalogEvent.PlanRetired;
import io.billingledger.catalog.CatalogEvent.PlanVersionPublished;
import io.billingledger.catalog.ChangeRule;
import io.billingledger.catalog.ChangeTiming;
import io.billingledger.catalog.DunningPolicy;
import io.billingledger.catalog.Enforcement;
import io.billingledger.catalog.LateUsage;
import io.billingledger.catalog.Meter;
import io.billingledger.catalog.MeterType;
import io.billingledger.catalog.PlanState;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.Pricing;
import io.billingledger.catalog.PricingModel;
import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.catalog.Tier;
import io.billingledger.catalog.TierMode;
import io.billingledger.catalog.UsageFilter;
import io.billingledger.catalog.UsageLimit;
import io.billingledger.catalog.UsageTerms;
import io.billingledger.catalog.VersionReach;
import io.billingledger.kernel.PlanId;
import io.billingledger.time.BillingInterval;
import io.billingledger.time.BillingInterval.CalendarMonths;
import io.billingledger.time.BillingInterval.RollingDays;
import io.billingledger.time.ProrationBasis;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class PlanRowTest {
  private static final PlanId PLAN = PlanId.derive("test");
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final PlanTerms first =
      terms(1, LocalDate.of(2026, 1, 1), "150000.00", new RollingDays(30), DunningPolicy.DEFAULT);
  private final PlanTerms second =
      terms(
          2,
          LocalDate.of(2026, 3, 1),
          "200000.00",
          new CalendarMonths(3, 31),
          new DunningPolicy(5, 3, List.of(), LocalTime.of(8, 30), 1, 2, 3, 4));
  private final List<PlanEvent> history =
      List.of(
          new PlanPublished(PLAN, "basic", "app", "Basic", "all in", 3, first, AT),
          new PlanVersionPublished(PLAN, second, AT),
          new PlanRetired(PLAN, AT));

  @Test
  void keepsEveryTermOfEveryVersion() {
    PlanRow row = fold(history);
    assertThat(row.versions()).containsExactly(first, second);
    assertThat(row.code()).isEqualTo("basic");
    assertThat(row.productCode()).isEqualTo("app");
    assertThat(row.description()).isEqualTo("all in");
    assertThat(row.displayOrder()).isEqualTo(3);
    assertThat(row.createdAt()).isEqualTo(AT);
    assertThat(row.active()).isFalse();
  }

  @Test
  void saysAsTheDecisionsDoWhatIsInForce() {
    for (int length = 1; length <= history.size(); length++) {
      PlanRow row = fold(history.subList(0, length));
      PlanState state = PlanState.NONE;
      for (PlanEvent event : history.subList(0, length)) {
        state = state.evolve(event);
      }
      PlanState.Published plan = (PlanState.Published) state;
      for (LocalDate day = LocalDate.of(2025, 12, 30);
          day.isBefore(LocalDate.of(2026, 3, 4));
          day = day.plusDays(1)) {
        assertThat(row.inForce(day)).isEqualTo(plan.inForce(day).terms());
      }
      assertThat(row.active()).isEqualTo(plan.active());
    }
  }

  private static PlanRow fold(List<PlanEvent> events) {
    PlanRow row = new PlanRow();
    events.forEach(row::apply);
    return row;
  }

  private static PlanTerms terms(
      int version, LocalDate from, String price, BillingInterval interval, DunningPolicy dunning) {
    return new PlanTerms(
        version,
        from,
        Money.parse("IDR " + price),
        TaxBehaviour.INCLUSIVE,
        interval,
        14,
        Money.parse("IDR 1.00"),
        Activation.ON_FIRST_PAYMENT,
        List.of(
            new UsageLimit("orders", "orders", BigDecimal.TEN, Enforcement.HARD_BLOCK, null),
            new UsageLimit(
                "wa", "messages", null, Enforcement.OVERAGE_CHARGE, new BigDecimal("0.125"))),
        dunning,
        List.of(new ChangeRule("pro", ChangeTiming.ILLEGAL)),
        version == 1 ? List.of() : List.of(meter()),
        version == 1 ? null : Money.parse("IDR 10.00"),
        version == 1 ? null : Money.parse("IDR 1000.00"),
        version == 1 ? VersionReach.ALL_FROM_NEXT_CYCLE : VersionReach.NEW_SUBSCRIPTIONS,
        version == 1 ? null : new UsageTerms(3, Money.parse("IDR 50000.00")),
        version == 1 ? null : ProrationBasis.SECONDS);
  }

  private static Meter meter() {
    return new Meter(
        "calls",
        "Calls",
        null,
        MeterType.COUNTER,
        Aggregation.SUM,
        null,
        List.of(new UsageFilter("plan", List.of("pro"), false)),
        List.of("region"),
        LateUsage.REJECT,
        new Pricing(
            PricingModel.TIERED,
            null,
            null,
            null,
            TierMode.GRADUATED,
            List.of(
                new Tier(BigDecimal.TEN, new BigDecimal("0.00005"), null, null),
                new Tier(null, null, new BigDecimal("3.10"), null)),
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
            BigDecimal.ONE,
            null));
  }
}
