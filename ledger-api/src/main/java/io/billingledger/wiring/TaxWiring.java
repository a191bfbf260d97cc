package io.billingledger.wiring;

import io.billingledger.kernel.TaxRuleId;
import io.billingledger.tax.BaseFactor;
import io.billingledger.tax.ConfiguredTaxRules;
import io.billingledger.tax.TaxRule;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tax rules that settings bring. */
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
          TaxRuleId.derive("settings", region, name, validFrom),
          region,
          name,
          ratePercent,
          baseFactor == null ? BaseFactor.WHOLE : BaseFactor.parse(baseFactor),
          regulation,
          true,
          validFrom,
          validTo);
    }
  }

  @Bean
  ConfiguredTaxRules configuredTaxRules(Settings settings) {
    List<TaxRule> rules = settings.rules().stream().map(Rule::rule).toList();
    for (TaxRule rule : rules) {
      if (rules.stream().filter(other -> other.id().equals(rule.id())).count() > 1) {
        throw new IllegalStateException(
            "ledger.tax.rules has two rules for %s in %s from %s"
                .formatted(rule.name(), rule.region(), rule.validFrom()));
      }
    }
    return new ConfiguredTaxRules(rules);
  }
}
