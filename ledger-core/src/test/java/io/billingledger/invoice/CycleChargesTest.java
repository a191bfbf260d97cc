package io.billingledger.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.Meter;
import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.Pricing;
import io.billingledger.catalog.PricingModel;
import io.billingledger.catalog.UsageTerms;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.money.Fraction;
import io.billingledger.rating.Consumption;
import io.billingledger.rating.UsageReading;
import io.billingledger.rating.UsageReading.MeterUse;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.subscription.Prices;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.time.BillingInterval;
import io.billingledger.time.BillingInterval.CalendarMonths;
import io.billingledger.time.BillingInterval.RollingDays;
import io.billingledger.time.BillingPeriod;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What an invoice of a cycle charges, and what comes off it by the plan itself. */
class CycleChargesTest {
  private static final Instant CLOSED = Instant.parse("2026-02-09T17:00:00Z");
  private static final BillingPeriod ONE = days("2026-01-10", "2026-02-09");
  private static final BillingPeriod TWO = days("2026-02-09", "2026-03-11");

  @Test
  void usageInArrearsAndTheFeeInAdvanceMeetOnOneInvoice() {
    PlanSnapshot plan = new Prices().metered("metered", 0, null).version("metered", 1);
    Charges charges = charges(plan, 2, TWO, billed(plan, 1, ONE, ONE, "1200"));
    assertThat(lines(charges))
        .containsExactly(
            "RECURRING cycle 2: Plan metered, 2026-02-09 to 2026-03-10: 1 x 100000.00 = IDR 100000.00",
            "USAGE cycle 1: Calls, 2026-01-10 to 2026-02-08: 1200 x 20 = IDR 24000.00");
    assertThat(charges.lines().getLast().usage())
        .isEqualTo(
            new LineUsage(
                ONE,
                "metered",
                1,
                PricingModel.METERED,
                Fraction.of(1200),
                Map.of(),
                3,
                CLOSED,
                "v1"));
    assertThat(charges.total()).isEqualTo(idr("124000.00"));
  }

  @Test
  void aTrialsBalanceIsDrawnDownBeforeAnythingIsBillable() {
    PlanSnapshot plan = new Prices().metered("metered", 14, "15000.00").version("metered", 1);
    BillingPeriod trial = days("2026-01-01", "2026-01-10");
    Charges charges = charges(plan, 1, ONE, billed(plan, 0, trial, trial, "1000"));
    assertThat(charges.discounts())
        .extracting(off -> off.code() + " " + off.asked())
        .containsExactly("trial-balance IDR 15000.00");
    assertThat(charges.lines().getLast().grossAmount()).isEqualTo(idr("5000.00"));
    assertThat(charges.total()).isEqualTo(idr("105000.00"));
    assertThat(charges(plan, 1, ONE, billed(plan, 0, trial, trial, "600")).total())
        .isEqualTo(idr("100000.00"));
  }

  @Test
  void usageOfATrialWithoutABalanceIsFree() {
    PlanSnapshot plan = new Prices().metered("metered", 14, null).version("metered", 1);
    BillingPeriod trial = days("2026-01-01", "2026-01-10");
    assertThat(charges(plan, 1, ONE, billed(plan, 0, trial, trial, "1000")).lines()).hasSize(1);
  }

  @Test
  void aPlansMinimumIsForItsFeeAndItsUsageTogether() {
    PlanSnapshot plan = bounded("110000.00", null);
    Charges charges = charges(plan, 2, TWO, billed(plan, 1, ONE, ONE, "200"));
    assertThat(lines(charges).getLast())
        .isEqualTo(
            "ADJUSTMENT cycle 1: Up to the minimum of Plan bounded, 2026-01-10 to 2026-02-08: 1 x 6000.00 = IDR 6000.00");
    assertThat(charges(plan, 2, TWO, billed(plan, 1, ONE, ONE, "500")).lines()).hasSize(2);
  }

  @Test
  void aPartOfACycleHasThatPartOfTheMinimum() {
    PlanSnapshot plan = bounded("130000.00", null);
    BillingPeriod half = days("2026-01-10", "2026-01-25");
    Charges charges = last(plan, billed(plan, 1, half, ONE, "0"));
    assertThat(charges.total()).isEqualTo(idr("15000.00"));
  }

  @Test
  void whatExceedsAPlansMaximumComesOffItsUsage() {
    PlanSnapshot plan = bounded(null, "110000.00");
    Charges charges = charges(plan, 2, TWO, billed(plan, 1, ONE, ONE, "1200"));
    assertThat(charges.discounts())
        .extracting(off -> off.code() + " " + off.asked())
        .containsExactly("plan-maximum IDR 14000.00");
    assertThat(charges.total()).isEqualTo(idr("110000.00"));
  }

  @Test
  void eachGroupIsALineAndAMetersBoundsAreForAllOfThem() {
    Pricing twenty = Pricing.overage(BigDecimal.ZERO, new BigDecimal("20"));
    Meter meter = Prices.calls(List.of("region"));
    PlanSnapshot capped =
        withMeter(
            new Meter(
                meter.metricCode(),
                meter.name(),
                null,
                meter.type(),
                meter.aggregation(),
                null,
                List.of(),
                meter.groupBy(),
                meter.lateUsage(),
                twenty.within(new BigDecimal("5000"), new BigDecimal("6000"))));
    assertThat(
            lines(
                last(
                    capped,
                    new BilledUsage(
                        used(capped, 1, ONE, ONE),
                        capped,
                        new UsageReading(
                            List.of(region("asia", "200"), region("europe", "150")),
                            List.of(),
                            CLOSED)))))
        .containsExactly(
            "USAGE cycle 1: Calls (region asia), 2026-01-10 to 2026-02-08: 200 x 20 = IDR 4000.00",
            "USAGE cycle 1: Calls (region europe), 2026-01-10 to 2026-02-08: 150 x 20 = IDR 2000.00");
    assertThat(
            lines(
                last(
                    capped,
                    new BilledUsage(
                        used(capped, 1, ONE, ONE),
                        capped,
                        new UsageReading(List.of(region("asia", "100")), List.of(), CLOSED)))))
        .containsExactly(
            "USAGE cycle 1: Calls (region asia), 2026-01-10 to 2026-02-08: 100 x 20 = IDR 2000.00",
            "USAGE cycle 1: Calls, up to the minimum, 2026-01-10 to 2026-02-08: 1 x 3000.00 = IDR 3000.00");
  }

  @Test
  void aStubSaysWhatPartOfThePeriodItIs() {
    PlanSnapshot plan =
        new Prices()
            .plan("monthly", "310.00", new CalendarMonths(1, 1), 0, Activation.IMMEDIATE)
            .version("monthly", 1);
    Charges charges = charges(plan, 1, days("2026-01-22", "2026-02-01"), null);
    assertThat(lines(charges))
        .containsExactly(
            "RECURRING cycle 1: Plan monthly, 2026-01-22 to 2026-01-31, 10 of 31 days: 1 x 310.00 = IDR 100.00");
    assertThat(charges.lines().getFirst().part().share().part()).isEqualTo("10");
  }

  private static PlanSnapshot bounded(String minimum, String maximum) {
    return new Prices()
        .put(
            "bounded",
            "app",
            "100000.00",
            new RollingDays(30),
            0,
            Activation.IMMEDIATE,
            true,
            List.of(Prices.calls(List.of())),
            minimum == null ? null : idr(minimum),
            maximum == null ? null : idr(maximum),
            UsageTerms.DEFAULT)
        .version("bounded", 1);
  }

  private static PlanSnapshot withMeter(Meter meter) {
    return new Prices()
        .put(
            "grouped",
            "app",
            "100000.00",
            new BillingInterval.RollingDays(30),
            0,
            Activation.IMMEDIATE,
            true,
            List.of(meter),
            null,
            null,
            UsageTerms.DEFAULT)
        .version("grouped", 1);
  }

  private static MeterUse region(String region, String calls) {
    return new MeterUse(
        "calls", Map.of("region", region), Consumption.ofEvents(List.of(new BigDecimal(calls))), 1);
  }

  private static BilledUsage billed(
      PlanSnapshot plan, int cycle, BillingPeriod period, BillingPeriod whole, String calls) {
    return new BilledUsage(
        used(plan, cycle, period, whole),
        plan,
        new UsageReading(
            List.of(
                new MeterUse(
                    "calls", Map.of(), Consumption.ofEvents(List.of(new BigDecimal(calls))), 3)),
            List.of(),
            CLOSED));
  }

  private static UsedPeriod used(
      PlanSnapshot plan, int cycle, BillingPeriod period, BillingPeriod whole) {
    return new UsedPeriod(cycle, period, whole, plan.code(), 1, 1);
  }

  private static Charges charges(
      PlanSnapshot plan, int cycle, BillingPeriod period, BilledUsage usage) {
    return charges(plan, cycle, period, InvoiceReason.RENEWAL, usage);
  }

  private static Charges last(PlanSnapshot plan, BilledUsage usage) {
    return charges(plan, 1, usage.used().period(), InvoiceReason.FINAL_USAGE, usage);
  }

  private static Charges charges(
      PlanSnapshot plan, int cycle, BillingPeriod period, InvoiceReason reason, BilledUsage usage) {
    IssueInvoice like = Issuing.command();
    IssueInvoice command =
        new IssueInvoice(
            like.invoiceId(),
            like.tenantId(),
            like.subscriptionId(),
            cycle,
            period,
            plan.terms().interval().anchorFor(period.start()),
            plan.code(),
            1,
            1,
            like.dueOn(),
            reason,
            true,
            List.of(),
            null,
            List.of(),
            like.at());
    CycleCharges wanted =
        CycleCharges.of(
            command,
            plan,
            usage == null ? List.of() : List.of(usage),
            InvoiceState.ENGINE,
            Issuing.ZONE);
    return Charges.of(
        command.invoiceId(),
        command.subscriptionId(),
        wanted.charges(),
        wanted.discounts(),
        List.of());
  }

  private static List<String> lines(Charges charges) {
    return charges.lines().stream()
        .map(
            line ->
                "%s cycle %d: %s: %s x %s = %s"
                    .formatted(
                        line.type(),
                        line.cycleNo(),
                        line.description(),
                        line.quantity().toPlainString(),
                        line.unitPrice().toPlainString(),
                        line.grossAmount()))
        .toList();
  }

  private static BillingPeriod days(String start, String end) {
    return new BillingPeriod(LocalDate.parse(start), LocalDate.parse(end));
  }

  private static Money idr(String amount) {
    return Money.parse("IDR " + amount);
  }
}
