package io.billingledger.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.Aggregation;
import io.billingledger.catalog.CouponDiscount;
import io.billingledger.catalog.LateUsage;
import io.billingledger.catalog.Meter;
import io.billingledger.catalog.MeterType;
import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.Pricing;
import io.billingledger.catalog.UsageTerms;
import io.billingledger.invoice.InvoiceCommand.CreditUsage;
import io.billingledger.invoice.InvoiceCommand.IssueCreditNote;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceCommand.RecordPayment;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceState.Issued;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.rating.Aggregates;
import io.billingledger.rating.UsageFact;
import io.billingledger.rating.UsageReading;
import io.billingledger.rating.UsageReading.MeterUse;
import io.billingledger.rating.UsageWindow;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.subscription.Prices;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.tax.TaxRule;
import io.billingledger.time.BillingInterval.RollingDays;
import io.billingledger.time.BillingPeriod;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/**
 * Late usage of a billed and paid period, from the records to the documents, with figures worked
 * out by hand: the fee is 100000.00 and a call, or a seat, 20.00.
 */
class RebillByHandTest {
  private static final SubscriptionId SUBSCRIPTION = Issuing.command().subscriptionId();

  private static final Instant START = Instant.parse("2026-01-09T17:00:00Z");
  private static final Instant END = Instant.parse("2026-02-08T17:00:00Z");
  private static final BillingPeriod ONE =
      new BillingPeriod(LocalDate.parse("2026-01-10"), LocalDate.parse("2026-02-09"));
  private static final BillingPeriod TWO =
      new BillingPeriod(LocalDate.parse("2026-02-09"), LocalDate.parse("2026-03-11"));

  private final List<UsageFact> facts = new ArrayList<>();
  private final Map<InvoiceId, InvoiceState> invoices = new HashMap<>();
  private final List<InvoiceIssued> charging = new ArrayList<>();
  private PlanSnapshot plan;
  private List<TaxRule> rules = List.of();
  private BigDecimal level = BigDecimal.ZERO;
  private UsageReading counted;
  private int rounds;

  @Test
  void onlyAHigherLevelMovesTheMaximum() {
    meter(MeterType.GAUGE, Aggregation.MAX, null, Pricing.overage(zero(), new BigDecimal("20")));
    use(1, "5", "a");
    use(10, "3", "a");
    assertThat(billed()).containsExactly("RECURRING 100000.00", "USAGE 100.00");
    use(5, "4", "a");
    assertThat(late()).as("five was more").containsExactly("nothing");
    use(20, "8", "a");
    assertThat(late()).containsExactly("BALANCE 100.00", "USAGE 160.00");
    use(25, "8", "a");
    assertThat(late()).as("as much again is not more").containsExactly("nothing");
    takeBack(20, "8");
    takeBack(25, "8");
    assertThat(late()).as("five again").containsExactly("BALANCE 160.00", "USAGE 100.00");
  }

  @Test
  void aLevelThatWasThereBeforeThePeriodCounts() {
    level = new BigDecimal("6");
    meter(MeterType.GAUGE, Aggregation.MAX, null, Pricing.overage(zero(), new BigDecimal("20")));
    use(10, "3", "a");
    assertThat(billed()).containsExactly("RECURRING 100000.00", "USAGE 120.00");
    use(5, "5", "a");
    assertThat(late()).containsExactly("nothing");
    use(6, "7", "a");
    assertThat(late()).containsExactly("BALANCE 120.00", "USAGE 140.00");
  }

  @Test
  void onlyALaterLevelMovesTheLast() {
    meter(MeterType.GAUGE, Aggregation.LAST, null, Pricing.overage(zero(), new BigDecimal("20")));
    use(1, "5", "a");
    use(10, "3", "a");
    assertThat(billed()).containsExactly("RECURRING 100000.00", "USAGE 60.00");
    use(9, "50", "a");
    assertThat(late()).as("the one of the tenth day is later").containsExactly("nothing");
    use(10, "2", "a");
    assertThat(late()).as("at the same time the larger one is the last").containsExactly("nothing");
    use(29, "7", "a");
    assertThat(late()).containsExactly("BALANCE 60.00", "USAGE 140.00");
    use(30, "9", "a");
    assertThat(late()).as("the end is not in the period").containsExactly("nothing");
    takeBack(29, "7");
    assertThat(late()).containsExactly("BALANCE 140.00", "USAGE 60.00");
  }

  @Test
  void whoWasCountedIsNotCountedAgain() {
    meter(
        MeterType.COUNTER,
        Aggregation.UNIQUE_COUNT,
        "user",
        Pricing.overage(BigDecimal.ONE, new BigDecimal("20")));
    use(1, "1", "a");
    use(2, "1", "b");
    use(3, "1", "b");
    assertThat(billed()).as("one of two is included").contains("USAGE 20.00");
    use(4, "1", "a");
    assertThat(late()).containsExactly("nothing");
    use(5, "1", "c");
    assertThat(late()).containsExactly("BALANCE 20.00", "USAGE 40.00");
    takeBack(2, "1");
    assertThat(late()).as("b was there once more").containsExactly("nothing");
    takeBack(3, "1");
    assertThat(late()).containsExactly("BALANCE 40.00", "USAGE 20.00");
    takeBack(5, "1");
    assertThat(late()).as("the one that is left is included").containsExactly("BALANCE 20.00");
    use(6, "1", "d");
    assertThat(late()).containsExactly("USAGE 20.00");
  }

  @Test
  void aMetersMinimumIsChargedOnce() {
    meter(
        MeterType.COUNTER,
        Aggregation.SUM,
        null,
        Pricing.overage(zero(), new BigDecimal("20")).within(new BigDecimal("50"), null));
    use(1, "2", "a");
    assertThat(billed()).contains("USAGE 50.00");
    use(2, "0.25", "a");
    assertThat(late()).as("still the least").containsExactly("BALANCE 50.00", "USAGE 50.00");
    use(3, "0.75", "a");
    assertThat(late()).containsExactly("BALANCE 50.00", "USAGE 60.00");
  }

  @Test
  void aPlansMinimumIsTakenBackWithTheUsage() {
    calls("120000.00", null);
    use(1, "500", "a");
    assertThat(billed())
        .containsExactly("RECURRING 100000.00", "USAGE 10000.00", "ADJUSTMENT 10000.00");
    use(2, "100", "a");
    assertThat(late()).containsExactly("BALANCE 20000.00", "USAGE 12000.00", "ADJUSTMENT 8000.00");
    use(3, "900", "a");
    assertThat(late()).containsExactly("BALANCE 20000.00", "USAGE 30000.00");
    takeBack(3, "900");
    takeBack(2, "100");
    takeBack(1, "500");
    assertThat(late()).containsExactly("BALANCE 30000.00", "ADJUSTMENT 20000.00");
  }

  @Test
  void whatIsBeyondAPlansMaximumStaysFree() {
    calls(null, "110000.00");
    use(1, "400", "a");
    assertThat(billed()).containsExactly("RECURRING 100000.00", "USAGE 8000.00");
    use(2, "300", "a");
    assertThat(late()).containsExactly("BALANCE 8000.00", "USAGE 10000.00");
    use(3, "300", "a");
    assertThat(late()).containsExactly("BALANCE 10000.00", "USAGE 10000.00");
  }

  @Test
  void couponsComeOffTheNewChargesAsOffTheOldOnes() {
    calls(null, null);
    use(1, "1000", "a");
    assertThat(billed(percent("TENTH", "10"), amount("FIXED", "12000.00")))
        .as("120000.00 less a tenth, then 10000.00 and 2000.00")
        .containsExactly("RECURRING 80000.00", "USAGE 16000.00");
    use(2, "100", "a");
    assertThat(late())
        .as("22000.00 less 2200.00 less 2000.00")
        .containsExactly("BALANCE 16000.00", "USAGE 17800.00");
    use(3, "100", "a");
    assertThat(late())
        .as("24000.00 less 2400.00 less 2000.00")
        .containsExactly("BALANCE 17800.00", "USAGE 19600.00");
  }

  @Test
  void ofACouponBesideAMinimumTheAdjustmentHasItsShare() {
    calls("120000.00", null);
    use(1, "500", "a");
    assertThat(billed(amount("FIXED", "12000.00")))
        .as("a tenth of every line")
        .containsExactly("RECURRING 90000.00", "USAGE 9000.00", "ADJUSTMENT 9000.00");
    use(2, "100", "a");
    assertThat(late())
        .as("20000.00 again, of which 2000.00 come off as before")
        .containsExactly("BALANCE 18000.00", "USAGE 10800.00", "ADJUSTMENT 7200.00");
  }

  @Test
  void ofACouponBesideAMaximumTheMaximumsDiscountIsNoShare() {
    calls(null, "110000.00");
    use(1, "1200", "a");
    assertThat(billed(amount("FIXED", "11000.00")))
        .as("24000.00 less 14000.00 beyond the maximum; then 10000.00 and 1000.00")
        .containsExactly("RECURRING 90000.00", "USAGE 9000.00");
    use(2, "100", "a");
    assertThat(late())
        .as("26000.00 less 16000.00 less 1000.00")
        .containsExactly("BALANCE 9000.00", "USAGE 9000.00");
  }

  @Test
  void taxGoesBackAndComesAgain() {
    rules = List.of(Issuing.PPN);
    calls(null, null);
    use(1, "1000", "a");
    assertThat(billed(amount("FIXED", "12000.00")))
        .containsExactly("RECURRING 90000.00", "USAGE 18000.00");
    assertThat(charging.getFirst().taxTotal())
        .as("108000.00 times eleven by a hundred and eleven")
        .isEqualTo(idr("10702.70"));
    use(2, "110", "a");
    assertThat(late())
        .as("22200.00 less 2000.00")
        .containsExactly("BALANCE 18000.00", "USAGE 20200.00");
    assertThat(charging.getLast().taxTotal()).isEqualTo(idr("2001.80"));
    Issued first = (Issued) invoices.get(charging.getFirst().invoiceId());
    assertThat(first.notes().all().getFirst().note().taxTotal())
        .as("eighteen of a hundred and eight")
        .isEqualTo(idr("1783.78"));
  }

  /** One meter and neither minimum nor maximum of the plan. */
  private void meter(MeterType type, Aggregation aggregation, String property, Pricing pricing) {
    plan(type, aggregation, property, pricing, null, null);
  }

  private void calls(String minimum, String maximum) {
    plan(
        MeterType.COUNTER,
        Aggregation.SUM,
        null,
        Pricing.overage(zero(), new BigDecimal("20")),
        minimum,
        maximum);
  }

  private void plan(
      MeterType type,
      Aggregation aggregation,
      String property,
      Pricing pricing,
      String minimum,
      String maximum) {
    Meter meter =
        new Meter(
            "calls",
            "Calls",
            null,
            type,
            aggregation,
            property,
            List.of(),
            List.of(),
            LateUsage.CREDIT_AND_REBILL,
            pricing);
    plan =
        new Prices()
            .put(
                "by-hand",
                "app",
                "100000.00",
                new RollingDays(30),
                0,
                Activation.IMMEDIATE,
                true,
                List.of(meter),
                minimum == null ? null : idr(minimum),
                maximum == null ? null : idr(maximum),
                UsageTerms.DEFAULT)
            .version("by-hand", 1);
  }

  /** So many days after the period's start. */
  private void use(int day, String quantity, String user) {
    facts.add(
        new UsageFact(
            START.plus(Duration.ofDays(day)), new BigDecimal(quantity), Map.of("user", user)));
  }

  private void takeBack(int day, String quantity) {
    facts.removeIf(
        fact ->
            fact.at().equals(START.plus(Duration.ofDays(day)))
                && fact.quantity().equals(new BigDecimal(quantity)));
  }

  /** The invoice of the period with the next one's fee, paid; its lines after discounts. */
  private List<String> billed(CouponDiscount... coupons) {
    counted = reading();
    InvoiceIssued invoice = issue(InvoiceReason.RENEWAL, TWO, 2, used(), counted, List.of(coupons));
    return lines(invoice);
  }

  /** The notes on what has charged the period, and the lines that charge it again, paid. */
  private List<String> late() {
    UsageReading now = reading();
    List<String> changed = UsageRebill.changed(counted, now);
    counted = now;
    if (changed.isEmpty()) {
      return List.of("nothing");
    }
    rounds++;
    UsedPeriod used = UsageRebill.used(used(), rounds, plan.terms(), changed);
    List<InvoiceIssued> standing =
        charging.stream()
            .filter(
                invoice -> ((Issued) invoices.get(invoice.invoiceId())).charges(SUBSCRIPTION, used))
            .toList();
    UsageRebill rebill =
        UsageRebill.of(
            SUBSCRIPTION,
            used(),
            rounds,
            plan,
            changed,
            now,
            standing.isEmpty() ? charging : standing);
    List<String> documents = new ArrayList<>();
    for (InvoiceIssued invoice : standing) {
      InvoiceState state = invoices.get(invoice.invoiceId());
      for (IssueCreditNote note :
          state.notesFor(new CreditUsage(invoice.invoiceId(), SUBSCRIPTION, used, "late", END))) {
        Money total = note.lines().values().stream().reduce(Money::plus).orElseThrow();
        documents.add(note.type() + " " + total.getAmount());
        invoices.computeIfPresent(
            invoice.invoiceId(), (_, before) -> Issuing.after(before, before.decide(note, "CN")));
      }
    }
    if (rebill.charges()) {
      documents.addAll(
          lines(issue(InvoiceReason.REBILL, ONE, 1, rebill.used(), now, rebill.coupons())));
    }
    return documents;
  }

  private InvoiceIssued issue(
      InvoiceReason reason,
      BillingPeriod period,
      int cycle,
      UsedPeriod used,
      UsageReading reading,
      List<CouponDiscount> coupons) {
    InvoiceId id = InvoiceId.derive("by-hand", rounds);
    IssueInvoice command =
        new IssueInvoice(
            id,
            Issuing.TENANT,
            SUBSCRIPTION,
            cycle,
            period,
            10,
            plan.code(),
            1,
            1,
            LocalDate.parse("2026-02-16"),
            reason,
            true,
            List.of(used),
            null,
            coupons,
            END);
    Charges charges =
        Issuing.charges(command, plan, List.of(new BilledUsage(used, plan, reading)), rules);
    List<InvoiceEvent> events =
        InvoiceState.decide(command, plan, Issuing.tenant(), charges, "INV", idr("0.00"));
    InvoiceState state = Issuing.after(InvoiceState.NONE, events);
    RecordPayment payment =
        new RecordPayment(
            id,
            PaymentId.derive("by-hand", rounds),
            charges.total(),
            PaymentMethod.BANK_TRANSFER,
            null,
            null,
            null,
            END);
    invoices.put(id, Issuing.after(state, state.decide(payment)));
    InvoiceIssued issued = (InvoiceIssued) events.getFirst();
    charging.add(issued);
    return issued;
  }

  private UsageReading reading() {
    Meter meter = plan.terms().meters().getFirst();
    UsageWindow window = new UsageWindow(START, END, level);
    return new UsageReading(
        List.of(new MeterUse("calls", Map.of(), Aggregates.of(meter, window, facts), facts.size())),
        List.of(),
        END);
  }

  private UsedPeriod used() {
    return new UsedPeriod(1, ONE, ONE, plan.code(), 1, 1);
  }

  private static List<String> lines(InvoiceIssued invoice) {
    return invoice.lines().stream()
        .map(line -> line.type() + " " + line.grossAmount().getAmount())
        .collect(Collectors.toList());
  }

  private static BigDecimal zero() {
    return BigDecimal.ZERO;
  }

  private static CouponDiscount percent(String code, String percent) {
    return new CouponDiscount(code, new BigDecimal(percent), null);
  }

  private static CouponDiscount amount(String code, String amount) {
    return new CouponDiscount(code, null, idr(amount));
  }

  private static Money idr(String amount) {
    return Money.parse("IDR " + amount);
  }
}
