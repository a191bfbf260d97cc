package io.billingledger.api.pricing;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.json.Texts;
import io.billingledger.rating.Proration;
import io.billingledger.time.BillingPeriod;
import io.billingledger.time.ProrationBasis;
import io.billingledger.time.Share;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.joda.money.CurrencyUnit;

/**
 * A part of a period, the end not included. Dates, or with SECONDS also times; a date is its UTC
 * midnight then.
 *
 * @param price of the whole period, at any scale; negative for what is given back
 * @param periodStart and {@code period_end} of the whole; FIXED_30 does not look at them
 */
@Schema(name = "Proration")
record ProrationShape(
    @NotNull BigDecimal price,
    @NotNull String from,
    @NotNull String to,
    String periodStart,
    String periodEnd,
    @NotNull ProrationBasis basis) {

  ProrationQuote quote(CurrencyUnit currency) {
    Share share =
        switch (basis) {
          case ACTUAL_DAYS -> days();
          case FIXED_30 -> thirty();
          case SECONDS -> seconds();
        };
    return new ProrationQuote(
        Proration.amount(currency, price, share).getAmount().toPlainString(),
        currency,
        share.ratio().toPlainString());
  }

  private Share days() {
    Span<LocalDate> part = part(Texts::date);
    Span<LocalDate> whole = whole(Texts::date);
    return Share.ofDays(part.start(), part.end(), new BillingPeriod(whole.start(), whole.end()));
  }

  private Share thirty() {
    Span<LocalDate> part = part(Texts::date);
    return Share.ofThirty(part.start(), part.end());
  }

  private Share seconds() {
    Span<Instant> part = part(ProrationShape::time);
    Span<Instant> whole = whole(ProrationShape::time);
    return Share.ofSeconds(part.start(), part.end(), whole.start(), whole.end());
  }

  private record Span<T>(T start, T end) {}

  private <T extends Comparable<? super T>> Span<T> part(Function<String, T> read) {
    Span<T> part = new Span<>(read("from", from, read), read("to", to, read));
    if (part.end().compareTo(part.start()) < 0) {
      throw ProblemException.body("/proration/to", "must not be before from");
    }
    return part;
  }

  private <T extends Comparable<? super T>> Span<T> whole(Function<String, T> read) {
    Span<T> whole =
        new Span<>(read("period_start", periodStart, read), read("period_end", periodEnd, read));
    if (whole.end().compareTo(whole.start()) <= 0) {
      throw ProblemException.body("/proration/period_end", "must be after period_start");
    }
    return whole;
  }

  private <T> T read(String field, String text, Function<String, T> read) {
    if (text == null) {
      throw ProblemException.body("/proration/" + field, "is needed for " + basis);
    }
    try {
      return read.apply(text);
    } catch (IllegalArgumentException refused) {
      throw ProblemException.body("/proration/" + field, refused.getMessage());
    }
  }

  private static Instant time(String text) {
    return text.length() == "2026-01-31".length()
        ? Texts.date(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : Texts.instant(text);
  }
}
