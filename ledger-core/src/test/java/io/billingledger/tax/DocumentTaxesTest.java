package io.billingledger.tax;

import static io.billingledger.tax.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class DocumentTaxesTest {
  private final TaxRule gst = rule("CA", "GST", "5", "2008-01-01");
  private final TaxRule qst = rule("CA", "QST", "9.975", "2013-01-01");

  @Test
  void eachTaxIsRoundedOnTheWholeNetSum() {
    DocumentTaxes taxes = DocumentTaxes.onNet(Money.parse("CAD 99.99"), List.of(gst, qst));
    assertThat(taxes.lines())
        .extracting(line -> line.name() + " " + line.base() + " " + line.amount())
        .containsExactly("GST CAD 99.99 CAD 5.00", "QST CAD 99.99 CAD 9.97");
    assertThat(taxes.total()).isEqualTo(Money.parse("CAD 14.97"));
  }

  @Test
  void allOfThemAreInsideAGrossSum() {
    DocumentTaxes taxes = DocumentTaxes.inGross(Money.parse("CAD 114.98"), List.of(gst, qst));
    assertThat(taxes.net()).isEqualTo(Money.parse("CAD 100.00"));
    assertThat(taxes.lines())
        .extracting(line -> line.name() + " " + line.base() + " " + line.amount())
        .containsExactly("GST CAD 100.00 CAD 5.00", "QST CAD 100.00 CAD 9.98");
  }

  @Test
  void withoutARuleThereIsNoTax() {
    Money sum = Money.parse("CAD 10.00");
    assertThat(DocumentTaxes.inGross(sum, List.of()))
        .isEqualTo(DocumentTaxes.onNet(sum, List.of()));
    assertThat(DocumentTaxes.onNet(sum, List.of()).total()).isEqualTo(Money.parse("CAD 0.00"));
  }

  @Test
  void netAndTaxesAreGrossAndEachTaxIsNearItsOwnOnNet() {
    long seed = Long.getLong("seed", System.nanoTime());
    int cases = Integer.getInteger("cases", 20_000);
    System.out.println("DocumentTaxesTest seed " + seed + ", " + cases + " cases");
    Random random = new Random(seed);
    for (int i = 0; i < cases; i++) {
      List<TaxRule> rules =
          IntStream.range(0, random.nextInt(4))
              .mapToObj(
                  k ->
                      rule(
                          "CA",
                          "T" + k,
                          BigDecimal.valueOf(random.nextInt(0, 30_000), 3).toPlainString(),
                          "2020-01-01"))
              .toList();
      Money gross = Money.ofMinor(CurrencyUnit.CAD, random.nextLong(-1_000_000, 1_000_000));
      DocumentTaxes inside = DocumentTaxes.inGross(gross, rules);
      String which = "seed %d, case %d".formatted(seed, i);
      assertThat(inside.net().plus(inside.total())).as(which).isEqualTo(gross);
      DocumentTaxes onTop = DocumentTaxes.onNet(inside.net(), rules);
      // The net sum is off by half a cent for each tax, and so is each tax of it.
      long most = rules.size() + 1L;
      assertThat(Math.abs(onTop.total().minus(inside.total()).getAmountMinorLong()))
          .as(which)
          .isLessThanOrEqualTo(most);
    }
  }
}
