package io.billingledger.api.pricing;

import io.billingledger.api.catalog.MeterShape;
import io.billingledger.api.error.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;

/**
 * One question: exactly one of meter, proration and tax.
 *
 * @param meter its prices, with a quantity or with events
 * @param quantity what was used; where a model prices single events, it is one event
 * @param events single records of usage, in the order of their time
 */
record QuoteRequest(
    @NotNull CurrencyUnit currency,
    @Valid MeterShape meter,
    @PositiveOrZero BigDecimal quantity,
    @Size(max = 10_000) List<@NotNull @Valid EventShape> events,
    @Valid ProrationShape proration,
    @Valid TaxShape tax) {

  QuoteAnswer answer() {
    if (Stream.of(meter, proration, tax).filter(Objects::nonNull).count() != 1) {
      throw ProblemException.body("", "must have exactly one of meter, proration and tax");
    }
    if (meter != null) {
      return MeterQuote.of(meter.meter("/meter"), quantity, events, currency);
    }
    if (quantity != null || events != null) {
      throw ProblemException.body(
          quantity != null ? "/quantity" : "/events", "belongs to a meter, and there is none");
    }
    return proration != null ? proration.quote(currency) : tax.quote(currency);
  }
}
