package io.billingledger.tax;

import io.billingledger.kernel.Rejection;
import java.time.LocalDate;

/** Why the tax book refuses. */
public sealed interface TaxRejection extends Rejection {

  /** What was promised before would change. */
  record RuleStartsTooEarly(String region, String name, LocalDate validFrom, LocalDate last)
      implements TaxRejection {
    @Override
    public String code() {
      return "tax-rule.too-early";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "A rule for %s in %s holds from %s already; another one holds from a later date, not from %s."
          .formatted(name, region, last, validFrom);
    }
  }

  record RegionUnknown(String region) implements TaxRejection {
    @Override
    public String code() {
      return "tax-rule.region-unknown";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "A region is a country of ISO 3166, such as ID, or EU- and one, such as EU-DE; "
          + region
          + " is neither.";
    }
  }

  record RuleNeverHolds(LocalDate validFrom, LocalDate validTo) implements TaxRejection {
    @Override
    public String code() {
      return "tax-rule.never-holds";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "A rule ends after it begins, not from %s to %s.".formatted(validFrom, validTo);
    }
  }
}
