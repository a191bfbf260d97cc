package io.billingledger.wiring;

import io.billingledger.tax.BaseFactor;
import io.billingledger.tax.TaxRule;
import io.billingledger.tax.TaxRules;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tax rules, from settings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TaxWiring.Settings.class)
class TaxWiring {

  /**
   * @param rules in no particular order
   */
  @ConfigurationProperties("ledger.tax")
  record Settings(List<Rule> rules) {
    Settings {
      rules = rules == null ? List.of() : List.copyOf(rules);
    }
  }

  /**
   * @param baseFactor such as {@code 11/12}; absent is the whole price
   * @param validTo first date on which it holds no more; absent while open
   */
  record Rule(
      String name,
      String region,
      BigDecimal ratePercent,
      String baseFactor,
      String regulation,
      LocalDate validFrom,
      LocalDate validTo) {

    TaxRule rule() {
      if (name == null || region == null || ratePercent == null || validFrom == null) {
        throw new IllegalStateException(
            "Each of ledger.tax.rules needs name, region, rate-percent and valid-from: " + this);
      }
      return new TaxRule(
          name,
          region,
          ratePercent,
          baseFactor == null ? BaseFactor.WHOLE : BaseFactor.parse(baseFactor),
          regulation,
          validFrom,
          validTo);
    }
  }

  @Bean
  TaxRules taxRules(Settings settings) {
    return new RulesByRegion(settings.rules().stream().map(Rule::rule).toList());
  }

  /** A region is the tenant's country; at most one rule holds there on a date. */
  record RulesByRegion(List<TaxRule> rules) implements TaxRules {
    RulesByRegion {
      for (TaxRule rule : rules) {
        for (TaxRule other : rules) {
          if (rule != other && other.holds(rule.region(), rule.validFrom())) {
            throw new IllegalStateException(
                "ledger.tax.rules has two rules for %s on %s: %s and %s"
                    .formatted(rule.region(), rule.validFrom(), rule.name(), other.name()));
          }
        }
      }
    }

    @Override
    public Optional<TaxRule> ruleFor(String country, LocalDate on) {
      return rules.stream().filter(rule -> rule.holds(country, on)).findFirst();
    }
  }
}
