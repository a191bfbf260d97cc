package io.billingledger.subscription;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.Aggregation;
import io.billingledger.catalog.CatalogRejection.PlanUnknown;
import io.billingledger.catalog.ChangeRule;
import io.billingledger.catalog.ChangeTiming;
import io.billingledger.catalog.DunningPolicy;
import io.billingledger.catalog.LateUsage;
import io.billingledger.catalog.Meter;
import io.billingledger.catalog.MeterType;
import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.PriceBook;
import io.billingledger.catalog.Pricing;
import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.catalog.UsageTerms;
import io.billingledger.catalog.VersionReach;
import io.billingledger.kernel.PlanId;
import io.billingledger.kernel.Rejected;
import io.billingledger.time.BillingInterval;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;

/** A catalogue for tests of decisions. */
public final class Prices implements PriceBook {
  private final Map<String, PlanSnapshot> plans = new LinkedHashMap<>();

  /** {@code basic} at 150000.00 and {@code pro} at 300000.00, thirty days, active at once. */
  public static Prices usual() {
    return new Prices()
        .plan("basic", "150000.00", new BillingInterval.RollingDays(30), 0, Activation.IMMEDIATE)
        .plan("pro", "300000.00", new BillingInterval.RollingDays(30), 0, Activation.IMMEDIATE);
  }

  public Prices plan(
      String code, String price, BillingInterval interval, int trialDays, Activation activation) {
    return put(code, "app", price, interval, trialDays, activation, true);
  }

  /** Thirty days at 100000.00 and 20.00 for each call; usage of a trial draws the balance down. */
  public Prices metered(String code, int trialDays, String trialBalance) {
    return put(
        code,
        "app",
        "100000.00",
        new BillingInterval.RollingDays(30),
        trialDays,
        Activation.IMMEDIATE,
        true,
        List.of(calls(List.of())),
        null,
        null,
        new UsageTerms(1, trialBalance == null ? null : Money.parse("IDR " + trialBalance)));
  }

  /** 20.00 for each call. */
  public static Meter calls(List<String> groupBy) {
    return new Meter(
        "calls",
        "Calls",
        null,
        MeterType.COUNTER,
        Aggregation.SUM,
        null,
        List.of(),
        groupBy,
        LateUsage.NEXT_PERIOD_CORRECTION,
        Pricing.overage(BigDecimal.ZERO, new BigDecimal("20")));
  }

  public Prices retired(String code) {
    return put(
        code, "app", "1.00", new BillingInterval.RollingDays(30), 0, Activation.IMMEDIATE, false);
  }

  public Prices ofOtherProduct(String code) {
    return put(
        code, "other", "1.00", new BillingInterval.RollingDays(30), 0, Activation.IMMEDIATE, true);
  }

  private Prices put(
      String code,
      String product,
      String price,
      BillingInterval interval,
      int trialDays,
      Activation activation,
      boolean active) {
    return put(
        code,
        product,
        price,
        interval,
        trialDays,
        activation,
        active,
        List.of(),
        null,
        null,
        UsageTerms.DEFAULT);
  }

  public Prices put(
      String code,
      String product,
      String price,
      BillingInterval interval,
      int trialDays,
      Activation activation,
      boolean active,
      List<Meter> meters,
      Money minimum,
      Money maximum,
      UsageTerms usage) {
    plans.put(
        code,
        new PlanSnapshot(
            PlanId.derive(code),
            code,
            product,
            "Plan " + code,
            active,
            new PlanTerms(
                1,
                LocalDate.of(2020, 1, 1),
                Money.parse("IDR " + price),
                TaxBehaviour.INCLUSIVE,
                interval,
                trialDays,
                Money.parse("IDR 0.00"),
                activation,
                List.of(),
                DunningPolicy.DEFAULT,
                List.of(
                    new ChangeRule("forbidden", ChangeTiming.ILLEGAL),
                    new ChangeRule("now", ChangeTiming.IMMEDIATE)),
                meters,
                minimum,
                maximum,
                VersionReach.ALL_FROM_NEXT_CYCLE,
                usage,
                null)));
    return this;
  }

  @Override
  public PlanSnapshot inForce(String planCode, LocalDate on) {
    return version(planCode, 1);
  }

  @Override
  public PlanSnapshot renewing(String planCode, int version, LocalDate on) {
    return version(planCode, version);
  }

  @Override
  public PlanSnapshot version(String planCode, int version) {
    PlanSnapshot plan = plans.get(planCode);
    if (plan == null) {
      throw new Rejected(new PlanUnknown(planCode));
    }
    return plan;
  }
}
