package io.billingledger.api.catalog;

import io.billingledger.api.idempotency.Versioned;
import io.billingledger.catalog.Activation;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.RevenueMethod;
import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.catalog.VersionReach;
import io.billingledger.time.ProrationBasis;
import io.billingledger.view.catalog.PlanRow;
import java.time.LocalDate;
import java.util.List;
import org.joda.money.Money;

/**
 * A plan as it is answered: with the terms of one of its versions.
 *
 * @param minimum and {@code maximum} of what a cycle costs, its price and meters together
 * @param appliesTo whom this version reaches
 * @param usage how usage is billed
 * @param proration what parts of a period are measured in
 * @param revenueMethod how what is charged for a period is earned
 * @param priceVersion which version of the terms this is; they are numbered from 1
 * @param versions all that were published
 * @param version of the plan itself, for If-Match
 */
record PlanResource(
    String id,
    String code,
    String productCode,
    String name,
    String description,
    boolean active,
    int displayOrder,
    Money price,
    TaxBehaviour taxBehaviour,
    IntervalShape interval,
    int trialDays,
    Money setupFee,
    Activation activation,
    List<LimitShape> limits,
    List<MeterShape> meters,
    Money minimum,
    Money maximum,
    DunningShape dunning,
    List<ChangeRuleShape> changeRules,
    VersionReach appliesTo,
    UsageTermsShape usage,
    ProrationBasis proration,
    RevenueMethod revenueMethod,
    LocalDate validFrom,
    int priceVersion,
    List<PublishedVersion> versions,
    long version)
    implements Versioned {

  record PublishedVersion(int priceVersion, LocalDate validFrom, Money price) {}

  static PlanResource of(PlanRow row, PlanTerms terms) {
    return new PlanResource(
        row.planId(),
        row.code(),
        row.productCode(),
        row.name(),
        row.description(),
        row.active(),
        row.displayOrder(),
        terms.price(),
        terms.taxBehaviour(),
        IntervalShape.of(terms.interval()),
        terms.trialDays(),
        terms.setupFee(),
        terms.activation(),
        terms.limits().stream().map(LimitShape::of).toList(),
        terms.meters().stream().map(MeterShape::of).toList(),
        terms.minimum(),
        terms.maximum(),
        DunningShape.of(terms.dunning()),
        terms.changeRules().stream().map(ChangeRuleShape::of).toList(),
        terms.appliesTo(),
        UsageTermsShape.of(terms.usage()),
        terms.proration(),
        terms.revenue(),
        terms.validFrom(),
        terms.version(),
        row.versions().stream()
            .map(v -> new PublishedVersion(v.version(), v.validFrom(), v.price()))
            .toList(),
        row.version());
  }
}
