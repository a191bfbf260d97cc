package io.billingledger.rating;

import io.billingledger.catalog.PackageRounding;
import io.billingledger.catalog.Pricing;
import io.billingledger.catalog.PricingModel;
import io.billingledger.catalog.Tier;
import io.billingledger.catalog.TierMode;
import java.math.BigDecimal;
import java.util.List;

/** Prices of every model, briefly. */
final class Prices {
  private Prices() {}

  static Pricing flat(String price) {
    return new Builder(PricingModel.FLAT).unitPrice(price).build();
  }

  static Pricing metered(String unitPrice, String included, String overage) {
    return new Builder(PricingModel.METERED)
        .unitPrice(unitPrice)
        .included(included, overage)
        .build();
  }

  static Pricing graduated(Tier... tiers) {
    return new Builder(PricingModel.TIERED).tiers(TierMode.GRADUATED, tiers).build();
  }

  static Pricing volume(Tier... tiers) {
    return new Builder(PricingModel.TIERED).tiers(TierMode.VOLUME, tiers).build();
  }

  static Pricing graduatedPercentage(Tier... tiers) {
    return new Builder(PricingModel.GRADUATED_PERCENTAGE).tiers(null, tiers).build();
  }

  static Pricing packages(String size, String price, String free, PackageRounding rounding) {
    return new Builder(PricingModel.PACKAGE).packages(size, price, free, rounding).build();
  }

  static Builder percentage(String rate) {
    return new Builder(PricingModel.PERCENTAGE).rate(rate);
  }

  static Tier tier(String upTo, String unitPrice, String flatFee) {
    return new Tier(decimal(upTo), decimal(unitPrice), decimal(flatFee), null);
  }

  static Tier rateTier(String upTo, String rate, String flatFee) {
    return new Tier(decimal(upTo), null, decimal(flatFee), decimal(rate));
  }

  static BigDecimal decimal(String text) {
    return text == null ? null : new BigDecimal(text);
  }

  static final class Builder {
    private final PricingModel model;
    private BigDecimal unitPrice;
    private BigDecimal includedUnits;
    private BigDecimal overageUnitPrice;
    private TierMode tierMode;
    private List<Tier> tiers = List.of();
    private BigDecimal packageSize;
    private BigDecimal packagePrice;
    private BigDecimal freeUnits;
    private PackageRounding packageRounding;
    private BigDecimal ratePercent;
    private BigDecimal fixedFee;
    private Integer freeEvents;
    private BigDecimal freeAmount;
    private BigDecimal eventMinimum;
    private BigDecimal eventMaximum;
    private BigDecimal minimum;
    private BigDecimal maximum;

    Builder(PricingModel model) {
      this.model = model;
    }

    Builder unitPrice(String price) {
      unitPrice = decimal(price);
      return this;
    }

    Builder included(String units, String overagePrice) {
      includedUnits = decimal(units);
      overageUnitPrice = decimal(overagePrice);
      return this;
    }

    Builder tiers(TierMode mode, Tier... given) {
      tierMode = mode;
      tiers = List.of(given);
      return this;
    }

    Builder packages(String size, String price, String free, PackageRounding rounding) {
      packageSize = decimal(size);
      packagePrice = decimal(price);
      freeUnits = decimal(free);
      packageRounding = rounding;
      return this;
    }

    Builder rate(String percent) {
      ratePercent = decimal(percent);
      return this;
    }

    Builder fee(String fee) {
      fixedFee = decimal(fee);
      return this;
    }

    Builder free(Integer events, String amount) {
      freeEvents = events;
      freeAmount = decimal(amount);
      return this;
    }

    Builder eachEvent(String least, String most) {
      eventMinimum = decimal(least);
      eventMaximum = decimal(most);
      return this;
    }

    Builder within(String least, String most) {
      minimum = decimal(least);
      maximum = decimal(most);
      return this;
    }

    Pricing build() {
      return new Pricing(
          model,
          unitPrice,
          includedUnits,
          overageUnitPrice,
          tierMode,
          tiers,
          packageSize,
          packagePrice,
          freeUnits,
          packageRounding,
          ratePercent,
          fixedFee,
          freeEvents,
          freeAmount,
          eventMinimum,
          eventMaximum,
          minimum,
          maximum);
    }
  }
}
