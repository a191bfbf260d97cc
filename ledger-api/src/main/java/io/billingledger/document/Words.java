package io.billingledger.document;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.joda.money.Money;

/**
 * How one language says it. Words, names of months and separators stand in {@code
 * resources/documents/words.<language>.properties} and not in the JDK's tables, which change with
 * its versions.
 */
final class Words {
  private static final Map<Language, Words> ALL = new EnumMap<>(Language.class);

  static {
    for (Language language : Language.values()) {
      ALL.put(language, new Words(language));
    }
  }

  private final Properties words = new Properties();
  private final List<String> months;

  private Words(Language language) {
    String file = "/documents/words." + language.code() + ".properties";
    try (Reader in =
        new InputStreamReader(Words.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
      words.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
    months = List.of(say("months").split(","));
  }

  static Words of(Language language) {
    return ALL.get(language);
  }

  /** {@code {0}} and so on are replaced by the values. */
  String say(String key, Object... values) {
    String text = words.getProperty(key);
    if (text == null) {
      throw new IllegalStateException("no word for " + key);
    }
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", values[i].toString());
    }
    return text;
  }

  /** Its code where the words have no name. */
  String country(String code) {
    return words.getProperty("country." + code, code);
  }

  String date(LocalDate date) {
    return "%d %s %d".formatted(date.getDayOfMonth(), month(date), date.getYear());
  }

  /** Both dates belong to it; what they share is said once. */
  String span(LocalDate first, LocalDate last) {
    if (first.equals(last)) {
      return date(last);
    }
    if (first.getYear() != last.getYear()) {
      return date(first) + " – " + date(last);
    }
    return first.getMonth() == last.getMonth()
        ? first.getDayOfMonth() + "–" + date(last)
        : "%d %s – %s".formatted(first.getDayOfMonth(), month(first), date(last));
  }

  private String month(LocalDate date) {
    return months.get(date.getMonthValue() - 1);
  }

  /** Without its currency. */
  String amount(Money money) {
    return format(money.getAmount(), money.getCurrencyUnit().getDecimalPlaces());
  }

  String withCurrency(Money money) {
    return money.getCurrencyUnit().getCode() + "\u00a0" + amount(money);
  }

  /**
   * A unit price: at least the currency's digits, and all that it has. Nothing where no single
   * price holds for every unit.
   */
  String price(BigDecimal price, int digits) {
    return price == null ? "" : format(price, Math.max(digits, price.stripTrailingZeros().scale()));
  }

  /** A quantity or rate: no digits that say nothing. */
  String number(BigDecimal number) {
    return format(number, Math.max(0, number.stripTrailingZeros().scale()));
  }

  private String format(BigDecimal number, int digits) {
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
    symbols.setGroupingSeparator(say("separator.group").charAt(0));
    symbols.setDecimalSeparator(say("separator.decimal").charAt(0));
    symbols.setMinusSign('−');
    DecimalFormat format = new DecimalFormat("#,##0", symbols);
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return format.format(number);
  }

  Set<String> keys() {
    return words.stringPropertyNames();
  }
}
