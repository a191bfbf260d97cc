package io.billingledger.api.subscription;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.pricing.StepShape;
import io.billingledger.catalog.Meter;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.PriceBook;
import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.catalog.UsageLimit;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.money.Rounding;
import io.billingledger.rating.Consumption;
import io.billingledger.rating.MonthlyBilling;
import io.billingledger.rating.PricingEngine;
import io.billingledger.rating.RatedUse;
import io.billingledger.rating.UsageReading;
import io.billingledger.rating.UsageReading.LimitUse;
import io.billingledger.rating.UsageReading.MeterUse;
import io.billingledger.view.subscription.SubscriptionRow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the platform would charge a tenant for a month (P09, P10, P11, P12). */
@RestController
@Tag(name = "Pricing")
class MonthlyBillingController {
  private final SubscriptionAnswers subscriptions;
  private final PriceBook prices;

  MonthlyBillingController(SubscriptionAnswers subscriptions, PriceBook prices) {
    this.subscriptions = subscriptions;
    this.prices = prices;
  }

  /**
   * What the tenant's side counted in the month.
   *
   * @param metric the code of a meter, or {@code module/metric} of a limit
   */
  record Reported(
      @NotBlank @Size(max = 130) String metric, @NotNull @PositiveOrZero BigDecimal quantity) {}

  /**
   * @param month such as {@code 2026-03}
   */
  record MonthToBill(
      @NotNull String month, @NotNull @Size(max = 1000) List<@Valid @NotNull Reported> metrics) {}

  /**
   * @param quantity what was used, also what costs nothing
   * @param explanation how the amount is made
   */
  record Item(String metric, BigDecimal quantity, Money amount, List<StepShape> explanation) {}

  /**
   * Nothing of it is kept.
   *
   * @param skipped whether nothing is charged, and why
   * @param total of fee and items, with tax inside where the behaviour says so
   */
  record MonthBilled(
      TenantId tenantId,
      SubscriptionId subscriptionId,
      String planCode,
      int planVersion,
      String month,
      boolean skipped,
      String reason,
      Money fee,
      List<Item> items,
      Money total,
      TaxBehaviour taxBehaviour,
      String engineVersion) {}

  @PostMapping("/api/platform/tenants/{tenant}/monthly-billing")
  @Operation(
      operationId = "monthlyBilling",
      summary = "What a tenant's month costs, from reported metrics")
  MonthBilled calculate(
      @PathVariable TenantId tenant,
      @RequestParam(required = false) String product,
      @Valid @RequestBody MonthToBill asked) {
    String month = month(asked.month());
    SubscriptionRow row = subscriptions.row(subscriptions.target(tenant, product));
    PlanTerms terms = prices.version(row.planCode(), row.planVersion()).terms();
    UsageReading reported = reading(terms, asked.metrics());
    String reason = MonthlyBilling.skipped(terms).orElse(null);
    PricingEngine engine = PricingEngine.CURRENT;
    MonthlyBilling billing = MonthlyBilling.of(terms, row.quantity(), reported, engine);
    Money nothing = Money.zero(terms.price().getCurrencyUnit());
    boolean skipped = reason != null;
    return new MonthBilled(
        tenant,
        new SubscriptionId(row.subscriptionId()),
        row.planCode(),
        row.planVersion(),
        month,
        skipped,
        reason,
        skipped ? nothing : billing.fee(),
        skipped ? List.of() : billing.usage().uses().stream().map(this::item).toList(),
        skipped ? nothing : billing.total(),
        terms.taxBehaviour(),
        engine.version());
  }

  private Item item(RatedUse use) {
    return new Item(
        use.metricCode(),
        use.quantity().rounded(9, Rounding.MODE).stripTrailingZeros(),
        use.priced().amount(),
        use.priced().steps().stream().map(StepShape::of).toList());
  }

  private static UsageReading reading(PlanTerms terms, List<Reported> metrics) {
    Map<String, BigDecimal> reported = new LinkedHashMap<>();
    List<String> meters = terms.meters().stream().map(Meter::metricCode).toList();
    List<String> limits =
        terms.limits().stream().map(limit -> limit.module() + "/" + limit.metric()).toList();
    for (int i = 0; i < metrics.size(); i++) {
      Reported one = metrics.get(i);
      String pointer = "/metrics/%d/metric".formatted(i);
      if (!meters.contains(one.metric()) && !limits.contains(one.metric())) {
        throw ProblemException.body(pointer, "is neither a meter nor a limit of the tenant's plan");
      }
      if (reported.put(one.metric(), one.quantity()) != null) {
        throw ProblemException.body(pointer, "was reported before");
      }
    }
    return new UsageReading(
        meters.stream()
            .map(
                meter ->
                    new MeterUse(
                        meter,
                        Map.of(),
                        Consumption.of(reported.getOrDefault(meter, BigDecimal.ZERO)),
                        1))
            .toList(),
        terms.chargedLimits().stream().map(limit -> use(limit, reported)).toList(),
        null);
  }

  private static LimitUse use(UsageLimit limit, Map<String, BigDecimal> reported) {
    return new LimitUse(
        limit.module(),
        limit.metric(),
        reported.getOrDefault(limit.module() + "/" + limit.metric(), BigDecimal.ZERO),
        1);
  }

  private static String month(String text) {
    try {
      return YearMonth.parse(text).toString();
    } catch (DateTimeParseException e) {
      throw ProblemException.body("/month", "is a month such as 2026-03");
    }
  }
}
