package io.billingledger.tax;

import io.billingledger.kernel.Rejected;
import io.billingledger.tax.TaxCommand.AddTaxRule;
import io.billingledger.tax.TaxEvent.TaxRuleAdded;
import io.billingledger.tax.TaxRejection.RegionUnknown;
import io.billingledger.tax.TaxRejection.RuleNeverHolds;
import io.billingledger.tax.TaxRejection.RuleStartsTooEarly;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The rules that were added, and the decision to add one. */
public record TaxBookState(List<TaxRule> added) {
  public static final TaxBookState EMPTY = new TaxBookState(List.of());

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  /**
   * @param configured the rules that settings bring, which no command has added
   */
  public List<TaxEvent> decide(AddTaxRule command, List<TaxRule> configured) {
    TaxRule rule = command.rule();
    if (added.stream().anyMatch(known -> known.id().equals(rule.id()))) {
      return List.of();
    }
    if (!COUNTRIES.contains(rule.region().replaceFirst("^EU-", ""))) {
      throw new Rejected(new RegionUnknown(rule.region()));
    }
    if (rule.validTo() != null && !rule.validFrom().isBefore(rule.validTo())) {
      throw new Rejected(new RuleNeverHolds(rule.validFrom(), rule.validTo()));
    }
    Optional<TaxRule> last = with(configured).lastOf(rule);
    if (last.isPresent() && !rule.validFrom().isAfter(last.get().validFrom())) {
      throw new Rejected(
          new RuleStartsTooEarly(
              rule.region(), rule.name(), rule.validFrom(), last.get().validFrom()));
    }
    return List.of(new TaxRuleAdded(command.taxBookId(), rule, command.at()));
  }

  public TaxBookState evolve(TaxEvent event) {
    return switch (event) {
      case TaxRuleAdded e ->
          new TaxBookState(Stream.concat(added.stream(), Stream.of(e.rule())).toList());
    };
  }

  public TaxTable with(List<TaxRule> configured) {
    return new TaxTable(Stream.concat(configured.stream(), added.stream()).toList());
  }
}
