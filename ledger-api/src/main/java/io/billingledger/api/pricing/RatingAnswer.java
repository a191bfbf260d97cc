package io.billingledger.api.pricing;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.rating.RatedReading;
import io.billingledger.rating.RatedUse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;

/**
 * What usage costs. Local dates are in the tenant's zone.
 *
 * @param ratedAt when it was asked; what is accepted later may change the answer (B25)
 * @param periods the parts of the subscription's cycles that lie in the span; the trial is cycle 0
 * @param total of the periods; before discounts, with tax inside where prices have it
 */
@Schema(name = "Rating")
record RatingAnswer(
    SubscriptionId subscriptionId,
    LocalDate from,
    LocalDate to,
    String engineVersion,
    Instant ratedAt,
    List<Period> periods,
    Money total) {

  /**
   * @param closedAt the cut-off; null while usage may still arrive
   */
  @Schema(name = "RatedPeriod")
  record Period(
      int cycleNo,
      LocalDate from,
      LocalDate to,
      String planCode,
      int priceVersion,
      Instant closedAt,
      List<Line> lines,
      Money total) {

    static Period of(
        int cycleNo,
        LocalDate from,
        LocalDate to,
        PlanSnapshot plan,
        RatedReading rated,
        Money total) {
      return new Period(
          cycleNo,
          from,
          to,
          plan.code(),
          plan.terms().version(),
          rated.closedAt(),
          rated.uses().stream().map(Line::of).toList(),
          total);
    }
  }

  /**
   * @param metricCode the meter's; of a limit {@code module/metric}
   * @param overage whether it is what exceeds a limit
   * @param quantity all that was used, also what costs nothing; a fraction where no decimal is
   *     exact
   */
  @Schema(name = "RatedLine")
  record Line(
      String metricCode,
      boolean overage,
      Map<String, String> group,
      String quantity,
      long records,
      BigDecimal unitPrice,
      Money amount,
      List<StepShape> explanation) {

    static Line of(RatedUse use) {
      return new Line(
          use.metricCode(),
          use.overage(),
          use.group(),
          use.quantity().toString(),
          use.records(),
          use.unitPrice(),
          use.priced().amount(),
          use.priced().steps().stream().map(StepShape::of).toList());
    }
  }
}
