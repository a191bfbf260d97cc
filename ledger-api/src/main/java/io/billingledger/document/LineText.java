package io.billingledger.document;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line or a discount says in a language. They are frozen in English; what the ledger itself
 * wrote is said anew, and anything else stays as it is.
 *
 * @param title what is charged
 * @param detail for when; empty if it does not say
 */
record LineText(String title, String detail) {
  private static final String DATE = "(\\d{4}-\\d\\d-\\d\\d)";
  private static final String NUMBER = "(\\d+(?:\\.\\d+)?)";
  private static final Pattern PERIOD =
      Pattern.compile(
          "(.*), %1$s to %1$s(?:, %2$s of %2$s (days|seconds))?".formatted(DATE, NUMBER));

  /** By the key of the words. */
  private static final Map<String, Pattern> TITLES = new LinkedHashMap<>();

  static {
    TITLES.put("line.set-up", Pattern.compile("Set-up of (.*)"));
    TITLES.put("line.no-usage", Pattern.compile("No usage of (.*)"));
    TITLES.put("line.minimum", Pattern.compile("Up to the minimum of (.*)"));
    TITLES.put("discount.maximum", Pattern.compile("Beyond the maximum of (.*)"));
    TITLES.put("discount.trial-balance", Pattern.compile("Balance of the trial()"));
  }

  static LineText of(String description, Words words) {
    Matcher period = PERIOD.matcher(description);
    if (!period.matches()) {
      return new LineText(title(description, words), "");
    }
    String span = words.span(LocalDate.parse(period.group(2)), LocalDate.parse(period.group(3)));
    String detail =
        period.group(4) == null
            ? span
            : span
                + " · "
                + words.say(
                    "line.share." + period.group(6),
                    words.number(new BigDecimal(period.group(4))),
                    words.number(new BigDecimal(period.group(5))));
    return new LineText(title(period.group(1), words), detail);
  }

  String together() {
    return detail.isEmpty() ? title : title + ", " + detail;
  }

  private static String title(String title, Words words) {
    for (Map.Entry<String, Pattern> known : TITLES.entrySet()) {
      Matcher matcher = known.getValue().matcher(title);
      if (matcher.matches()) {
        return words.say(known.getKey(), matcher.group(1));
      }
    }
    return title;
  }
}
