package io.billingledger.api.pricing;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.idempotency.Now;
import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PriceBook;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.rating.PricingEngine;
import io.billingledger.rating.RatedReading;
import io.billingledger.rating.UsageRating;
import io.billingledger.rating.UsageSpan;
import io.billingledger.rating.UsedQuantities;
import io.billingledger.subscription.SubscriptionRejection.SubscriptionUnknown;
import io.billingledger.time.LocalDays;
import io.billingledger.view.subscription.CycleRow;
import io.billingledger.view.subscription.CycleRow.PlanPart;
import io.billingledger.view.subscription.SubscriptionRow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.persistence.EntityManager;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.joda.money.Money;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What usage of any time costs, asked for and without effect (B26). */
@RestController
@Tag(name = "Rating")
class RatingController {
  private static final int LONGEST_YEARS = 3;

  private final EntityManager rows;
  private final PriceBook prices;
  private final UsedQuantities quantities;

  RatingController(EntityManager rows, PriceBook prices, UsedQuantities quantities) {
    this.rows = rows;
    this.prices = prices;
    this.quantities = quantities;
  }

  /**
   * Local dates in the tenant's zone.
   *
   * @param from belongs to it
   * @param to does not
   */
  record Span(@NotNull LocalDate from, @NotNull LocalDate to) {}

  @PostMapping("/api/rating/subscriptions/{id}")
  @Operation(
      operationId = "rateSubscription",
      summary = "What a subscription's usage of any time costs, without effect")
  RatingAnswer rate(
      @PathVariable SubscriptionId id, @Valid @RequestBody Span asked, @Now Instant now) {
    if (!asked.from().isBefore(asked.to())) {
      throw ProblemException.body("/to", "is later than from");
    }
    if (asked.from().plusYears(LONGEST_YEARS).isBefore(asked.to())) {
      throw ProblemException.body("/to", "is at most %d years after from".formatted(LONGEST_YEARS));
    }
    SubscriptionRow row = rows.find(SubscriptionRow.class, id.value());
    if (row == null) {
      throw new Rejected(new SubscriptionUnknown(id));
    }
    List<RatingAnswer.Period> periods =
        rows
            .createQuery(
                "select c from CycleRow c where c.subscriptionId = :id and c.startedAt is not null"
                    + " and c.periodStart < :to and c.periodEnd > :from order by c.cycleNo",
                CycleRow.class)
            .setParameter("id", id.value())
            .setParameter("from", asked.from())
            .setParameter("to", asked.to())
            .getResultList()
            .stream()
            .flatMap(
                cycle ->
                    cycle.plans().stream()
                        .filter(part -> part.period().start().isBefore(asked.to()))
                        .filter(part -> part.period().end().isAfter(asked.from()))
                        .map(part -> period(row, cycle.cycleNo(), part, asked)))
            .toList();
    Money total =
        periods.stream()
            .map(RatingAnswer.Period::total)
            .reduce(Money::plus)
            .orElseGet(
                () ->
                    Money.zero(
                        prices
                            .version(row.planCode(), row.planVersion())
                            .terms()
                            .price()
                            .getCurrencyUnit()));
    return new RatingAnswer(
        id, asked.from(), asked.to(), PricingEngine.CURRENT.version(), now, periods, total);
  }

  private RatingAnswer.Period period(SubscriptionRow row, int cycleNo, PlanPart part, Span asked) {
    LocalDate from = later(asked.from(), part.period().start());
    LocalDate to = earlier(asked.to(), part.period().end());
    PlanSnapshot plan = prices.version(part.planCode(), part.planVersion());
    Instant begin = LocalDays.startOf(from, row.zone());
    UsageSpan span =
        new UsageSpan(
            new TenantId(row.tenantId()),
            new SubscriptionId(row.subscriptionId()),
            row.productCode(),
            cycleNo,
            begin,
            LocalDays.startOf(to, row.zone()),
            plan.terms().meters(),
            plan.terms().chargedLimits());
    RatedReading rated =
        UsageRating.rate(plan.terms(), quantities.read(span), PricingEngine.CURRENT);
    return RatingAnswer.Period.of(
        cycleNo, from, to, plan, rated, rated.total(plan.terms().price().getCurrencyUnit()));
  }

  private static LocalDate later(LocalDate a, LocalDate b) {
    return a.isAfter(b) ? a : b;
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }
}
