package io.billingledger.api.catalog;

import io.billingledger.catalog.UsageTerms;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.joda.money.Money;

/**
 * How a plan bills usage; what is left out stays as it was.
 *
 * @param graceDays days after a period's end on which its usage is cut off and billed
 * @param trialBalance what usage of the trial draws down before any of it is billable
 */
record UsageTermsShape(@Min(0) @Max(28) Integer graceDays, Money trialBalance) {

  static UsageTermsShape of(UsageTerms terms) {
    return new UsageTermsShape(terms.graceDays(), terms.trialBalance());
  }

  UsageTerms over(UsageTerms base) {
    return new UsageTerms(
        graceDays == null ? base.graceDays() : graceDays,
        trialBalance == null ? base.trialBalance() : trialBalance);
  }
}
