package io.billingledger.rating;

import io.billingledger.money.Fraction;
import java.math.BigDecimal;
import java.util.List;

/**
 * What was used of a meter in a period, by one group.
 *
 * @param quantity not negative
 * @param events what single events came to, in the order of their time, none negative; they add up
 *     to the quantity where a model prices single events
 */
public record Consumption(Fraction quantity, List<BigDecimal> events) {
  public Consumption {
    events = List.copyOf(events);
    if (quantity.signum() < 0 || events.stream().anyMatch(event -> event.signum() < 0)) {
      throw new IllegalArgumentException("nobody uses less than nothing: " + quantity);
    }
  }

  /** A quantity that is one event, where a model prices single events; none if it is zero. */
  public static Consumption of(BigDecimal quantity) {
    return new Consumption(
        Fraction.of(quantity), quantity.signum() == 0 ? List.of() : List.of(quantity));
  }

  /** Single events, whose sum is the quantity. */
  public static Consumption ofEvents(List<BigDecimal> events) {
    return new Consumption(
        Fraction.of(events.stream().reduce(BigDecimal.ZERO, BigDecimal::add)), events);
  }
}
