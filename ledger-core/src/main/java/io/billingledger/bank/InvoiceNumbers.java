package io.billingledger.bank;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds invoice numbers of one legal entity in what people write on transfers: other separators
 * than ours, none, or a line break in the middle.
 */
public final class InvoiceNumbers {
  private static final String SEPARATORS = "[\\s\\-/._]*";
  private static final int YEAR_DIGITS = 4;
  private static final int NUMBER_DIGITS = 6;

  private final String entityCode;
  private final Pattern pattern;

  /**
   * @param entityCode what the numbers begin with, such as {@code INV}
   */
  public InvoiceNumbers(String entityCode) {
    this.entityCode = entityCode;
    String code =
        Arrays.stream(entityCode.toUpperCase(Locale.ROOT).split(""))
            .map(Pattern::quote)
            .collect(Collectors.joining(SEPARATORS));
    this.pattern =
        Pattern.compile(
            "(?<![A-Z0-9])"
                + code
                + SEPARATORS
                + "("
                + apart(YEAR_DIGITS)
                + ")"
                + SEPARATORS
                + "("
                + apart(NUMBER_DIGITS)
                + "[0-9]{0,6})"
                + "(?![0-9])");
  }

  /** In the form in which invoices have them, in the order of the text. */
  public Set<String> in(String text) {
    Set<String> numbers = new LinkedHashSet<>();
    for (Matcher found = pattern.matcher(text.toUpperCase(Locale.ROOT)); found.find(); ) {
      numbers.add("%s-%s-%s".formatted(entityCode, digits(found.group(1)), digits(found.group(2))));
    }
    return numbers;
  }

  /** Digits that may have been torn apart; a further digit is only one that follows at once. */
  private static String apart(int digits) {
    return "[0-9]" + (SEPARATORS + "[0-9]").repeat(digits - 1);
  }

  private static String digits(String text) {
    return text.replaceAll("[^0-9]", "");
  }
}
