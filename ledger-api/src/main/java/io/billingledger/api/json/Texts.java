package io.billingledger.api.json;

import io.billingledger.tax.BaseFactor;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.regex.Pattern;
import org.joda.money.CurrencyUnit;

/**
 * How values read as text, in bodies and in query parameters. Refusals are {@link
 * IllegalArgumentException}s whose message says what is expected.
 */
public final class Texts {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);
  private static final Pattern DATE_SHAPE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern MONTH_SHAPE = Pattern.compile("\\d{4}-\\d{2}");
  private static final Pattern INSTANT_SHAPE =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");
  private static final Pattern TIME_SHAPE = Pattern.compile("\\d{2}:\\d{2}(:\\d{2})?");
  private static final int MOST_DIGITS = 18;

  private Texts() {}

  public static LocalDate date(String text) {
    if (DATE_SHAPE.matcher(text).matches()) {
      try {
        LocalDate date = LocalDate.parse(text, DATE);
        if (date.getYear() > 0) {
          return date;
        }
      } catch (DateTimeException noSuchDay) {
        // refused below
      }
    }
    throw new IllegalArgumentException("must be a date like 2026-01-31");
  }

  public static YearMonth month(String text) {
    if (MONTH_SHAPE.matcher(text).matches()) {
      try {
        YearMonth month = YearMonth.parse(text);
        if (month.getYear() > 0) {
          return month;
        }
      } catch (DateTimeException noSuchMonth) {
        // refused below
      }
    }
    throw new IllegalArgumentException("must be a month like 2026-01");
  }

  public static LocalTime time(String text) {
    if (TIME_SHAPE.matcher(text).matches()) {
      try {
        return LocalTime.parse(text);
      } catch (DateTimeException noSuchTime) {
        // refused below
      }
    }
    throw new IllegalArgumentException("must be a time of day like 09:00");
  }

  public static Instant instant(String text) {
    Instant usual = UsualInstant.parse(text);
    if (usual != null) {
      return usual;
    }
    if (INSTANT_SHAPE.matcher(text).matches()) {
      try {
        Instant instant = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
        int year = instant.atOffset(ZoneOffset.UTC).getYear();
        if (year > 0 && year <= 9999) {
          return instant;
        }
      } catch (DateTimeException noSuchTime) {
        // refused below
      }
    }
    throw new IllegalArgumentException("must be a time like 2026-01-31T09:30:00Z");
  }

  public static BigDecimal decimal(String text) {
    if (!isDecimal(text)) {
      throw new IllegalArgumentException(
          "must be a decimal such as \"12.50\", with at most 18 digits on either side of the point");
    }
    return new BigDecimal(text);
  }

  private static boolean isDecimal(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int point = text.indexOf('.');
    return point < 0
        ? areDigits(text, start, text.length())
        : areDigits(text, start, point) && areDigits(text, point + 1, text.length());
  }

  private static boolean areDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return to > from && to - from <= MOST_DIGITS;
  }

  /** A decimal, or a fraction of two. */
  public static BaseFactor factor(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length > 2) {
      throw new IllegalArgumentException("must be a decimal or a fraction such as \"11/12\"");
    }
    return new BaseFactor(
        decimal(parts[0].strip()), parts.length == 2 ? decimal(parts[1].strip()) : BigDecimal.ONE);
  }

  public static CurrencyUnit currency(String code) {
    return CurrencyUnit.registeredCurrencies().stream()
        .filter(unit -> unit.getCode().equals(code) && !unit.isPseudoCurrency())
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("must be a currency of ISO 4217, such as IDR"));
  }

  /** PostgreSQL keeps no NUL, and half of a surrogate pair is not a character. */
  public static String storable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new IllegalArgumentException("must not contain the character NUL");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new IllegalArgumentException("must not contain half of a surrogate pair");
      }
    }
    return text;
  }
}
