package io.billingledger.api.pricing;

import io.billingledger.api.error.ProblemException;
import io.billingledger.catalog.Aggregation;
import io.billingledger.catalog.Meter;
import io.billingledger.rating.Aggregates;
import io.billingledger.rating.Consumption;
import io.billingledger.rating.Priced;
import io.billingledger.rating.PricingEngine;
import io.billingledger.rating.UsageFact;
import io.billingledger.rating.UsageWindow;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;

/**
 * What usage costs.
 *
 * @param explanation steps from what was given to the amount; whoever does them again gets it
 * @param engineVersion by which version of the engine
 */
@Schema(name = "MeterQuote")
record MeterQuote(
    String amount, CurrencyUnit currency, String engineVersion, List<StepShape> explanation)
    implements QuoteAnswer {

  static MeterQuote of(
      Meter meter, BigDecimal quantity, List<EventShape> events, CurrencyUnit currency) {
    if ((quantity == null) == (events == null)) {
      throw ProblemException.body(
          "/quantity", "is needed for a meter, or else events, and not both of them");
    }
    Consumption used = events == null ? Consumption.of(quantity) : used(meter, events);
    return of(PricingEngine.CURRENT.price(meter.pricing(), used, currency));
  }

  static MeterQuote of(Priced priced) {
    return new MeterQuote(
        priced.amount().getAmount().toPlainString(),
        priced.amount().getCurrencyUnit(),
        priced.engine().version(),
        priced.steps().stream().map(StepShape::of).toList());
  }

  private static Consumption used(Meter meter, List<EventShape> events) {
    if (meter.aggregation() == Aggregation.TIME_WEIGHTED) {
      throw ProblemException.body(
          "/meter/aggregation", "needs a period when it is TIME_WEIGHTED; give the quantity");
    }
    if (!meter.groupBy().isEmpty()) {
      throw ProblemException.body(
          "/meter/group_by", "must be empty here: a quote is for one group of events");
    }
    List<UsageFact> facts = facts(events);
    Instant from = facts.stream().map(UsageFact::at).min(Instant::compareTo).orElse(Instant.MIN);
    Instant to = facts.stream().map(UsageFact::at).max(Instant::compareTo).orElse(Instant.MIN);
    return Aggregates.of(
        meter,
        new UsageWindow(from, to.plusNanos(1), BigDecimal.ZERO),
        facts.stream().filter(fact -> meter.counts(fact.properties())).toList());
  }

  /** At their times, or one after another as they are listed. */
  private static List<UsageFact> facts(List<EventShape> events) {
    long timed = events.stream().map(EventShape::recordedAt).filter(Objects::nonNull).count();
    if (timed != 0 && timed != events.size()) {
      throw ProblemException.body("/events", "must all have a recorded_at, or none of them");
    }
    return IntStream.range(0, events.size())
        .mapToObj(
            i -> {
              EventShape event = events.get(i);
              return new UsageFact(
                  timed == 0 ? Instant.EPOCH.plusSeconds(i) : event.recordedAt(),
                  event.quantity(),
                  event.properties());
            })
        .toList();
  }
}
