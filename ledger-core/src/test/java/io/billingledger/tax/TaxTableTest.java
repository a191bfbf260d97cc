package io.billingledger.tax;

import static io.billingledger.tax.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.kernel.TaxBookId;
import io.billingledger.tax.TaxCommand.AddTaxRule;
import io.billingledger.tax.TaxEvent.TaxRuleAdded;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaxTableTest {
  private final TaxRule ppn = rule("ID", "PPN", "12", "2025-01-01");
  private final TaxRule higher = rule("ID", "PPN", "13", "2027-01-01");
  private final TaxRule vat = rule("EU-DE", "VAT", "19", "2007-01-01");
  private final TaxRule lower = rule("EU-DE", "VAT", "16", "2020-07-01", "2021-01-01");
  private final TaxRule back = rule("EU-DE", "VAT", "19", "2021-01-01");
  private final TaxRule levy = rule("ID", "LEVY", "1", "2026-01-01", "2026-07-01");
  private final TaxTable table = new TaxTable(List.of(back, higher, ppn, levy, vat, lower));

  @Test
  void theNextRuleOfATaxTakesThePlaceOfTheOneBefore() {
    assertThat(names("ID", "2024-12-31")).isEmpty();
    assertThat(names("ID", "2025-01-01")).containsExactly("PPN 12");
    assertThat(names("ID", "2026-12-31")).containsExactly("PPN 12");
    assertThat(names("ID", "2027-01-01")).containsExactly("PPN 13");
    assertThat(names("DE", "2020-06-30")).containsExactly("VAT 19");
    assertThat(names("DE", "2020-07-01")).containsExactly("VAT 16");
    assertThat(names("DE", "2021-01-01")).containsExactly("VAT 19");
  }

  @Test
  void severalTaxesOfARegionHoldTogetherAndEndByThemselves() {
    assertThat(names("ID", "2026-06-30")).containsExactly("LEVY 1", "PPN 12");
    assertThat(names("ID", "2026-07-01")).containsExactly("PPN 12");
    assertThat(names("SG", "2026-06-30")).isEmpty();
  }

  @Test
  void aRuleThatWasReplacedAndEndedDoesNotComeBack() {
    TaxTable ended =
        new TaxTable(List.of(ppn, rule("ID", "PPN", "13", "2027-01-01", "2028-01-01")));
    assertThat(ended.rulesFor("ID", LocalDate.parse("2028-01-01"))).isEmpty();
  }

  @Test
  void aRuleThatIsNotTheDefaultIsOnNoInvoiceByItself() {
    TaxRule reduced =
        new TaxRule(
            ppn.id(),
            "SG",
            "REDUCED",
            ppn.ratePercent(),
            ppn.baseFactor(),
            null,
            false,
            ppn.validFrom(),
            null);
    assertThat(new TaxTable(List.of(reduced)).rulesFor("SG", ppn.validFrom())).isEmpty();
  }

  @Test
  void saysWhenARuleEnds() {
    assertThat(table.end(ppn)).contains(higher.validFrom());
    assertThat(table.end(higher)).isEmpty();
    assertThat(table.end(lower)).contains(lower.validTo());
    assertThat(table.end(levy)).contains(levy.validTo());
  }

  @Test
  void aRuleIsAddedOnceAndOnlyAfterTheOnesBefore() {
    TaxBookState book = TaxBookState.EMPTY;
    List<TaxEvent> added = book.decide(add(higher), List.of(ppn));
    assertThat(added).containsExactly(new TaxRuleAdded(TaxBookId.only(), higher, Instant.EPOCH));
    TaxBookState after = book.evolve(added.getFirst());
    assertThat(after.decide(add(higher), List.of(ppn))).as("again").isEmpty();
    assertThat(after.with(List.of(ppn)).rules()).containsExactly(ppn, higher);
    refused("tax-rule.too-early", after, rule("ID", "PPN", "11", "2026-01-01"));
    refused("tax-rule.too-early", book, rule("ID", "PPN", "11", "2025-01-01"));
    assertThat(after.decide(add(levy), List.of(ppn))).as("another tax").hasSize(1);
  }

  @Test
  void aRuleNamesARegionThatTenantsCanBeOfAndHoldsAtAll() {
    refused("tax-rule.region-unknown", TaxBookState.EMPTY, rule("XX", "VAT", "1", "2026-01-01"));
    refused("tax-rule.region-unknown", TaxBookState.EMPTY, rule("EU", "VAT", "1", "2026-01-01"));
    refused("tax-rule.region-unknown", TaxBookState.EMPTY, rule("US-CA", "T", "1", "2026-01-01"));
    refused(
        "tax-rule.never-holds",
        TaxBookState.EMPTY,
        rule("SG", "GST", "9", "2026-01-01", "2026-01-01"));
    assertThat(TaxBookState.EMPTY.decide(add(vat), List.of())).hasSize(1);
  }

  private void refused(String code, TaxBookState book, TaxRule rule) {
    assertThatThrownBy(() -> book.decide(add(rule), List.of(ppn))).hasMessageStartingWith(code);
  }

  private static AddTaxRule add(TaxRule rule) {
    return new AddTaxRule(TaxBookId.only(), rule, Instant.EPOCH);
  }

  private List<String> names(String country, String on) {
    return table.rulesFor(country, LocalDate.parse(on)).stream()
        .map(rule -> rule.name() + " " + rule.ratePercent())
        .toList();
  }
}
