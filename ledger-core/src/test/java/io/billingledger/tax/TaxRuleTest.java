package io.billingledger.tax;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class TaxRuleTest {

  @Test
  void ppnTakesTwelvePercentOfElevenTwelfths() {
    TaxRule ppn = rule("12", "11/12");
    assertThat(ppn.inGross(Money.parse("IDR 150000.00"))).isEqualTo(Money.parse("IDR 14864.86"));
    assertThat(ppn.onNet(Money.parse("IDR 135135.14"))).isEqualTo(Money.parse("IDR 14864.87"));
  }

  @Test
  void publishedExamplesOfExclusiveAndInclusiveTax() {
    TaxRule vat = rule("25", "1");
    assertThat(vat.onNet(Money.parse("DKK -625743.54"))).isEqualTo(Money.parse("DKK -156435.89"));
    assertThat(vat.onNet(Money.parse("DKK 1460.50"))).isEqualTo(Money.parse("DKK 365.13"));
    assertThat(vat.onNet(Money.parse("DKK 12.12"))).isEqualTo(Money.parse("DKK 3.03"));
    assertThat(rule("4", "1").inGross(Money.parse("EUR 2.99"))).isEqualTo(Money.parse("EUR 0.12"));
  }

  @Test
  void aRuleHoldsInItsRegionBetweenItsDates() {
    TaxRule ppn = rule("12", "11/12");
    assertThat(ppn.holds("ID", LocalDate.of(2025, 1, 1))).isTrue();
    assertThat(ppn.holds("ID", LocalDate.of(2024, 12, 31))).isFalse();
    assertThat(ppn.holds("ID", LocalDate.of(2030, 1, 1))).isFalse();
    assertThat(ppn.holds("SG", LocalDate.of(2026, 1, 1))).isFalse();
  }

  private static TaxRule rule(String rate, String factor) {
    return new TaxRule(
        "PPN",
        "ID",
        new BigDecimal(rate),
        BaseFactor.parse(factor),
        "PMK-131/2024",
        LocalDate.of(2025, 1, 1),
        LocalDate.of(2030, 1, 1));
  }
}
