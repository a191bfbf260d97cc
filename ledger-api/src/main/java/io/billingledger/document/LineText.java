package io.billingledger.document;

import io.billingledger.invoice.InvoiceLine;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line says in a language. An invoice's lines are frozen in English; what the ledger itself
 * wrote is said anew, and anything else stays as it is.
 *
 * @param title what is charged
 * @param detail for when; empty if the line does not say
 */
record LineText(String title, String detail) {
  private static final String DATE = "(\\d{4}-\\d\\d-\\d\\d)";
  private static final Pattern PERIOD =
      Pattern.compile("(.*), " + DATE + " to " + DATE + "(?:, (\\d+) of (\\d+) days)?");
  private static final Pattern SET_UP = Pattern.compile("Set-up of (.*)");

  static LineText of(InvoiceLine line, Words words) {
    String description = line.description();
    Matcher period = PERIOD.matcher(description);
    if (period.matches()) {
      String span = words.span(LocalDate.parse(period.group(2)), LocalDate.parse(period.group(3)));
      return new LineText(
          title(period.group(1), words),
          period.group(4) == null
              ? span
              : span + " · " + words.say("line.share", period.group(4), period.group(5)));
    }
    return new LineText(title(description, words), "");
  }

  private static String title(String title, Words words) {
    Matcher setUp = SET_UP.matcher(title);
    return setUp.matches() ? words.say("line.set-up", setUp.group(1)) : title;
  }
}
