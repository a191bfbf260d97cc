package io.billingledger.rating;

import static io.billingledger.rating.Operand.given;
import static io.billingledger.rating.StepKind.BILLABLE_AMOUNT;
import static io.billingledger.rating.StepKind.EVENT_AMOUNT;
import static io.billingledger.rating.StepKind.EVENT_CHARGE;
import static io.billingledger.rating.StepKind.TOTAL;

import io.billingledger.catalog.Pricing;
import io.billingledger.rating.Working.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A percentage of each event's amount and a fee for each event. Free events, a free amount, or
 * whichever of the two is used up first, come off in the order of the events; an event that is
 * wholly free costs nothing at all, one that is partly free pays the fee.
 */
final class Percentages {
  private Percentages() {}

  static Operand ofEvents(Pricing pricing, List<BigDecimal> events, Working working) {
    Allowance allowance = new Allowance(pricing);
    List<Operand> amounts = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      BigDecimal event = events.get(i);
      BigDecimal free = allowance.takeFrom(event);
      if (free == null || free.compareTo(event) < 0) {
        amounts.add(amount(pricing, Place.event(i), event, free, working));
      }
    }
    return working.sum(TOTAL, Place.ANYWHERE, amounts);
  }

  private static Operand amount(
      Pricing pricing, Place place, BigDecimal event, BigDecimal free, Working working) {
    Operand billable = given("event", event);
    if (free != null) {
      billable =
          working.step(
              BILLABLE_AMOUNT, place, Operation.SUBTRACT, billable, given("free_amount", free));
    }
    Operand amount =
        working.step(
            EVENT_CHARGE,
            place,
            Operation.PERCENT,
            billable,
            given("rate_percent", pricing.ratePercent()));
    if (pricing.fixedFee() != null) {
      amount =
          working.step(
              EVENT_AMOUNT, place, Operation.ADD, amount, given("fixed_fee", pricing.fixedFee()));
    }
    if (pricing.eventMinimum() != null) {
      amount =
          working.step(
              EVENT_AMOUNT,
              place,
              Operation.AT_LEAST,
              amount,
              given("event_minimum", pricing.eventMinimum()));
    }
    if (pricing.eventMaximum() != null) {
      amount =
          working.step(
              EVENT_AMOUNT,
              place,
              Operation.AT_MOST,
              amount,
              given("event_maximum", pricing.eventMaximum()));
    }
    return amount;
  }

  /** What is still free. */
  private static final class Allowance {
    private Integer events;
    private BigDecimal amount;

    Allowance(Pricing pricing) {
      events = pricing.freeEvents();
      amount = pricing.freeAmount();
    }

    /** How much of the event is free; null once nothing is any more. */
    BigDecimal takeFrom(BigDecimal event) {
      boolean open =
          (events != null || amount != null)
              && (events == null || events > 0)
              && (amount == null || amount.signum() > 0);
      if (!open) {
        return null;
      }
      BigDecimal free = amount == null ? event : event.min(amount);
      amount = amount == null ? null : amount.subtract(free);
      events = events == null ? null : events - 1;
      return free;
    }
  }
}
