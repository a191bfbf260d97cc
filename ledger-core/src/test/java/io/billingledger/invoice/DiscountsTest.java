package io.billingledger.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.tax.Rules;
import io.billingledger.tax.TaxLine;
import io.billingledger.tax.TaxRule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** Charges, then what comes off them, then tax: to the cent, and always summing back. */
class DiscountsTest {
  private static final InvoiceId ID = InvoiceId.derive("discounts");
  private static final SubscriptionId SUBSCRIPTION = SubscriptionId.derive("discounts");
  private static final BigDecimal HUNDRED = new BigDecimal("100");
  private static final TaxRule LEVY = Rules.rule("ID", "LEVY", "1", "2026-01-01");

  @Test
  void aPercentageComesOffBeforeTaxAndTaxFollowsEachLine() {
    Charges charges =
        charges(
            List.of(
                charge("100.00", TaxBehaviour.EXCLUSIVE), charge("50.00", TaxBehaviour.EXCLUSIVE)),
            List.of(Discount.percent("TEN", "Ten percent", new BigDecimal("10"), _ -> true)),
            Issuing.PPN);
    assertThat(charges.subtotal()).isEqualTo(idr("150.00"));
    assertThat(charges.discountTotal()).isEqualTo(idr("15.00"));
    assertThat(charges.taxTotal()).isEqualTo(idr("14.85"));
    assertThat(charges.total()).isEqualTo(idr("149.85"));
    assertThat(charges.lines())
        .extracting(line -> line.amount() + " - " + line.discount() + " = " + line.grossAmount())
        .containsExactly("IDR 100.00 - IDR 10.00 = IDR 99.90", "IDR 50.00 - IDR 5.00 = IDR 49.95");
  }

  @Test
  void anAmountOffPricesWithTaxInsideIsOneWithTaxInside() {
    Charges charges =
        charges(
            List.of(charge("150000.00", TaxBehaviour.INCLUSIVE)),
            List.of(Discount.amount("FLAT", "Fifty off", idr("50000.00"), _ -> true)),
            Issuing.PPN);
    assertThat(charges.total()).isEqualTo(idr("100000.00"));
    assertThat(charges.taxTotal()).isEqualTo(idr("9909.91"));
    assertThat(charges.discounts())
        .containsExactly(
            new AppliedDiscount("FLAT", "Fifty off", null, idr("50000.00"), idr("45045.05")));
    assertThat(charges.lines().getFirst().netAmount()).isEqualTo(idr("90090.09"));
  }

  @Test
  void nothingIsTakenOffThatIsNotThere() {
    Charges charges =
        charges(
            List.of(
                charge("10.00", TaxBehaviour.INCLUSIVE), charge("5.00", TaxBehaviour.EXCLUSIVE)),
            List.of(
                Discount.amount("BIG", "Everything", idr("1000.00"), _ -> true),
                Discount.percent("NONE", "Nothing left", new BigDecimal("50"), _ -> true)),
            Issuing.PPN);
    assertThat(charges.total()).isEqualTo(idr("0.00"));
    assertThat(charges.taxTotal()).isEqualTo(idr("0.00"));
    assertThat(charges.discounts()).extracting(AppliedDiscount::code).containsExactly("BIG");
    assertThat(charges.discountTotal()).isEqualTo(charges.subtotal());
  }

  @Test
  void itComesOnlyOffWhatItAppliesTo() {
    Charges charges =
        charges(
            List.of(
                charge("100.00", TaxBehaviour.EXCLUSIVE), charge("30.00", TaxBehaviour.EXCLUSIVE)),
            List.of(
                Discount.amount(
                    "SECOND",
                    "Off the second",
                    idr("40.00"),
                    charge -> charge.asked().isEqual(idr("30.00")))));
    assertThat(charges.lines())
        .extracting(InvoiceLine::discount)
        .containsExactly(null, idr("30.00"));
    assertThat(charges.total()).isEqualTo(idr("100.00"));
  }

  /** Whatever is charged, taken off and taxed: lines, discounts, taxes and the total agree. */
  @Test
  void everythingSumsBack() {
    long seed = Long.getLong("seed", System.nanoTime());
    int cases = Integer.getInteger("cases", 20_000);
    System.out.println("DiscountsTest seed " + seed + ", " + cases + " cases");
    Random random = new Random(seed);
    for (int run = 0; run < cases; run++) {
      List<Charge> wanted = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(5); i++) {
        wanted.add(
            charge(
                BigDecimal.valueOf(
                        random.nextInt(4) == 0 ? random.nextInt(5) : random.nextInt(100_000), 2)
                    .toPlainString(),
                random.nextBoolean() ? TaxBehaviour.INCLUSIVE : TaxBehaviour.EXCLUSIVE));
      }
      List<Discount> off = new ArrayList<>();
      for (int i = 0; i < random.nextInt(4); i++) {
        int only = random.nextInt(wanted.size());
        Charge one = wanted.get(only);
        off.add(
            random.nextBoolean()
                ? Discount.percent(
                    "P" + i, "percent", BigDecimal.valueOf(random.nextInt(10_001), 2), _ -> true)
                : Discount.amount(
                    "A" + i,
                    "amount",
                    Money.ofMinor(idr("0.00").getCurrencyUnit(), random.nextInt(60_000)),
                    charge -> charge == one));
      }
      Charges charges = charges(wanted, off, Issuing.PPN, LEVY);
      String of = "seed %d, case %d: %s off %s".formatted(seed, run, wanted, off);
      assertThat(charges.total()).as(of).isEqualTo(byHand(wanted, off));
      Money net = sum(charges.lines().stream().map(InvoiceLine::netAmount).toList());
      Money gross = sum(charges.lines().stream().map(InvoiceLine::grossAmount).toList());
      assertThat(net.plus(charges.taxTotal())).as(of).isEqualTo(gross);
      assertThat(charges.total()).as(of).isEqualTo(gross);
      assertThat(
              sum(
                  charges.lines().stream()
                      .map(line -> line.discount() == null ? idr("0.00") : line.discount())
                      .toList()))
          .as(of)
          .isEqualTo(charges.discountTotal());
      assertThat(charges.taxes().stream().map(TaxLine::name).distinct().toList())
          .as(of)
          .hasSize(charges.taxes().size());
      for (InvoiceLine line : charges.lines()) {
        assertThat(line.amount().isNegative()).as(of).isFalse();
        assertThat(line.netAmount().isNegative()).as(of).isFalse();
        assertThat(line.grossAmount().isNegative()).as(of).isFalse();
      }
    }
  }

  /**
   * Each discount comes off what the earlier ones left, split over it; then 11 % and 1 % come on
   * top of what has no tax inside.
   */
  private static Money byHand(List<Charge> charges, List<Discount> discounts) {
    List<BigDecimal> left =
        new ArrayList<>(charges.stream().map(charge -> charge.asked().getAmount()).toList());
    for (Discount discount : discounts) {
      List<BigDecimal> base = new ArrayList<>();
      for (int i = 0; i < left.size(); i++) {
        base.add(discount.appliesTo().test(charges.get(i)) ? left.get(i) : BigDecimal.ZERO);
      }
      BigDecimal all = base.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      BigDecimal off =
          discount.amount() == null
              ? all.multiply(discount.percent()).divide(HUNDRED, 2, RoundingMode.HALF_UP)
              : discount.amount().getAmount().min(all);
      List<BigDecimal> parts = MoneyModel.split(off, base);
      for (int i = 0; i < left.size(); i++) {
        left.set(i, left.get(i).subtract(parts.get(i)));
      }
    }
    BigDecimal untaxed = BigDecimal.ZERO;
    BigDecimal total = BigDecimal.ZERO;
    for (int i = 0; i < left.size(); i++) {
      total = total.add(left.get(i));
      if (charges.get(i).behaviour() == TaxBehaviour.EXCLUSIVE) {
        untaxed = untaxed.add(left.get(i));
      }
    }
    for (String rate : List.of("0.11", "0.01")) {
      total = total.add(untaxed.multiply(new BigDecimal(rate)).setScale(2, RoundingMode.HALF_UP));
    }
    return Money.of(idr("0.00").getCurrencyUnit(), total);
  }

  private static Charges charges(List<Charge> charges, List<Discount> off, TaxRule... rules) {
    return Charges.of(ID, SUBSCRIPTION, charges, off, List.of(rules));
  }

  private static Charge charge(String amount, TaxBehaviour behaviour) {
    return Charge.plain(LineType.RECURRING, "Plan", idr(amount), behaviour, 1);
  }

  private static Money sum(List<Money> amounts) {
    return amounts.stream().reduce(idr("0.00"), Money::plus);
  }

  private static Money idr(String amount) {
    return Money.parse("IDR " + amount);
  }
}
