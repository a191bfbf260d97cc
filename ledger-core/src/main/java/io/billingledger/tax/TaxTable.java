package io.billingledger.tax;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All tax rules that are known, and which of them hold where and when. */
public record TaxTable(List<TaxRule> rules) {
  private static final Comparator<TaxRule> ORDER =
      Comparator.comparing(TaxRule::region)
          .thenComparing(TaxRule::name)
          .thenComparing(TaxRule::validFrom);

  public TaxTable {
    rules = rules.stream().sorted(ORDER).toList();
  }

  /**
   * What an invoice of a country that is issued on the date carries; empty where no tax is known.
   */
  public List<TaxRule> rulesFor(String country, LocalDate on) {
    return rules.stream()
        .filter(rule -> rule.byDefault() && rule.isOf(country) && holds(rule, on))
        .toList();
  }

  /** Whether the rule is the one of its tax that holds on the date. */
  public boolean holds(TaxRule rule, LocalDate on) {
    return rule.isOn(on) && next(rule).map(next -> on.isBefore(next.validFrom())).orElse(true);
  }

  /** The first date on which it holds no more, by itself or because another one follows. */
  public Optional<LocalDate> end(TaxRule rule) {
    Optional<LocalDate> replaced = next(rule).map(TaxRule::validFrom);
    Optional<LocalDate> own = Optional.ofNullable(rule.validTo());
    return replaced.isEmpty() || own.isPresent() && own.get().isBefore(replaced.get())
        ? own
        : replaced;
  }

  /** The last rule of the same tax, whenever it holds. */
  Optional<TaxRule> lastOf(TaxRule tax) {
    return rules.stream().filter(tax::isSameTaxAs).reduce((_, later) -> later);
  }

  private Optional<TaxRule> next(TaxRule rule) {
    return rules.stream()
        .filter(rule::isSameTaxAs)
        .filter(other -> other.validFrom().isAfter(rule.validFrom()))
        .findFirst();
  }
}
