package io.billingledger.catalog;

import io.billingledger.kernel.Rejection;
import java.time.LocalDate;

/** Why the catalogue refuses. */
public sealed interface CatalogRejection extends Rejection {

  record ProductCodeTaken(String productCode) implements CatalogRejection {
    @Override
    public String code() {
      return "product.code-taken";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "A product with the code " + productCode + " exists already.";
    }
  }

  record PrimaryProductTaken(String holder) implements CatalogRejection {
    @Override
    public String code() {
      return "product.primary-taken";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "Exactly one product is primary, and " + holder + " is.";
    }
  }

  record ProductUnknown(String productCode) implements CatalogRejection {
    @Override
    public String code() {
      return "product.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "There is no product with the code " + productCode + ".";
    }
  }

  record PlanCodeTaken(String planCode) implements CatalogRejection {
    @Override
    public String code() {
      return "plan.code-taken";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "A plan with the code " + planCode + " exists already; publish a new version of it.";
    }
  }

  record PlanUnknown(String planCode) implements CatalogRejection {
    @Override
    public String code() {
      return "plan.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "There is no plan with the code " + planCode + ".";
    }
  }

  record PlanRetiredAlready(String planCode) implements CatalogRejection {
    @Override
    public String code() {
      return "plan.retired";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "The plan " + planCode + " is retired: it renews, but is neither sold nor changed.";
    }
  }

  record VersionStartsTooEarly(LocalDate validFrom, LocalDate earliest)
      implements CatalogRejection {
    @Override
    public String code() {
      return "plan.version-too-early";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "A new version holds from %s at the earliest, not from %s."
          .formatted(earliest, validFrom);
    }
  }

  record CurrencyFixed(String currency) implements CatalogRejection {
    @Override
    public String code() {
      return "plan.currency-fixed";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return "All versions of a plan are in " + currency + ".";
    }
  }

  record TermsInvalid(String field, String rule) implements CatalogRejection {
    @Override
    public String code() {
      return "plan.terms-invalid";
    }

    @Override
    public Kind kind() {
      return Kind.INVALID;
    }

    @Override
    public String detail() {
      return field + ": " + rule;
    }
  }

  record CouponCodeTaken(String couponCode) implements CatalogRejection {
    @Override
    public String code() {
      return "coupon.code-taken";
    }

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String detail() {
      return "A coupon with the code " + couponCode + " exists already.";
    }
  }

  record CouponCodeUnknown(String couponCode) implements CatalogRejection {
    @Override
    public String code() {
      return "coupon.unknown";
    }

    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "There is no coupon " + couponCode + ".";
    }
  }
}
