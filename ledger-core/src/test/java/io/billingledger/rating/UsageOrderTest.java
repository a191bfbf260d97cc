package io.billingledger.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.Aggregation;
import io.billingledger.catalog.LateUsage;
import io.billingledger.catalog.Meter;
import io.billingledger.catalog.MeterType;
import io.billingledger.catalog.PackageRounding;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.Pricing;
import io.billingledger.catalog.UsageTerms;
import io.billingledger.rating.UsageReading.MeterUse;
import io.billingledger.time.BillingInterval.RollingDays;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * From records to amounts: in whatever order the same records come, the same lines come out, with
 * every kind of price, in groups, within a meter's bounds. {@code -Dcases=1000000} for more.
 */
class UsageOrderTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final UsageWindow WINDOW =
      new UsageWindow(START, START.plus(Duration.ofHours(10)), BigDecimal.ONE);

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void theOrderOfRecordsChangesNoLine() {
    int cases = Integer.getInteger("cases", 20_000);
    System.out.println("UsageOrderTest seed " + seed + ", " + cases + " cases");
    int charged = 0;
    for (int i = 0; i < cases; i++) {
      PlanTerms terms = terms();
      List<UsageFact> facts = facts();
      List<RatedUse> before = bill(terms, facts);
      Collections.shuffle(facts, random);
      assertThat(bill(terms, facts))
          .as("seed %d, case %d: %s of %s", seed, i, terms.meters(), facts)
          .isEqualTo(before);
      charged += before.stream().anyMatch(use -> use.priced().amount().isPositive()) ? 1 : 0;
    }
    assertThat(charged).isGreaterThan(cases / 2);
  }

  private List<RatedUse> bill(PlanTerms terms, List<UsageFact> facts) {
    Meter meter = terms.meters().getFirst();
    List<MeterUse> uses = new ArrayList<>();
    Aggregates.groups(meter, facts)
        .forEach(
            (values, group) ->
                uses.add(
                    new MeterUse(
                        "calls",
                        named(meter, values),
                        Aggregates.of(meter, WINDOW, group),
                        group.size())));
    return UsageRating.rate(
            terms, new UsageReading(uses, List.of(), WINDOW.end()), PricingEngine.CURRENT)
        .uses();
  }

  private static Map<String, String> named(Meter meter, List<String> values) {
    Map<String, String> group = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      group.put(meter.groupBy().get(i), values.get(i));
    }
    return group;
  }

  private PlanTerms terms() {
    boolean bounded = random.nextInt(3) == 0;
    Pricing pricing =
        pricing()
            .within(
                bounded ? new BigDecimal("0.05") : null, bounded ? new BigDecimal("0.30") : null);
    boolean summed = pricing.ratePercent() != null;
    Aggregation aggregation =
        summed
            ? Aggregation.SUM
            : Aggregation.values()[random.nextInt(Aggregation.values().length)];
    Meter meter =
        new Meter(
            "calls",
            null,
            null,
            MeterType.values()[random.nextInt(2)],
            aggregation,
            aggregation == Aggregation.UNIQUE_COUNT ? "user" : null,
            List.of(),
            random.nextBoolean() ? List.of() : List.of("region"),
            LateUsage.REJECT,
            pricing);
    return new io.billingledger.subscription.Prices()
        .put(
            "plan",
            "app",
            "1.00",
            new RollingDays(30),
            0,
            Activation.IMMEDIATE,
            true,
            List.of(meter),
            null,
            null,
            UsageTerms.DEFAULT)
        .version("plan", 1)
        .terms();
  }

  private Pricing pricing() {
    return switch (random.nextInt(5)) {
      case 0 -> Prices.metered("0.013", "2", null);
      case 1 ->
          Prices.graduated(Prices.tier("3", "0.011", "0.01"), Prices.tier(null, "0.007", null));
      case 2 -> Prices.volume(Prices.tier("3", "0.011", null), Prices.tier(null, "0.007", "0.02"));
      case 3 -> Prices.packages("2", "0.05", "1", PackageRounding.UP);
      default ->
          Prices.percentage("1.7").fee("0.01").free(2, "3").eachEvent("0.02", "0.05").build();
    };
  }

  /** Few hours and few values, so that several have the same time. */
  private List<UsageFact> facts() {
    List<UsageFact> facts = new ArrayList<>();
    for (int left = 1 + random.nextInt(8); left > 0; left--) {
      facts.add(
          new UsageFact(
              START.plus(Duration.ofHours(random.nextInt(-1, 11))),
              BigDecimal.valueOf(random.nextInt(5)),
              Map.of(
                  "user",
                  random.nextBoolean() ? "a" : "b",
                  "region",
                  random.nextBoolean() ? "east" : "west")));
    }
    return facts;
  }
}
