package io.billingledger.adapter.bank;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What banks put into field 86: parts behind {@code ?20} and the like, words between slashes such
 * as {@code /REMI/}, or free text.
 *
 * @param payer null if it cannot be told from the text
 * @param account null if it cannot be told from the text
 */
record Mt940Text(String payer, String account, String remittance) {
  private static final Pattern QUESTION = Pattern.compile("\\?(\\d\\d)");
  private static final Pattern SLASH = Pattern.compile("/([A-Z]{4})/");

  static Mt940Text of(String narrative) {
    String oneLine = narrative.replaceAll("\\R", "");
    if (QUESTION.matcher(oneLine).find()) {
      return numbered(oneLine);
    }
    if (SLASH.matcher(oneLine).find()) {
      Map<String, String> parts = parts(oneLine, SLASH);
      return new Mt940Text(
          parts.get("NAME"), parts.get("IBAN"), parts.getOrDefault("REMI", oneLine));
    }
    return new Mt940Text(null, null, narrative);
  }

  /** 20–29 and 60–63 are the text, 31 the account, 32 and 33 the name. */
  private static Mt940Text numbered(String text) {
    StringBuilder remittance = new StringBuilder();
    StringBuilder name = new StringBuilder();
    String account = null;
    for (Map.Entry<String, String> part : parts(text, QUESTION).entrySet()) {
      int code = Integer.parseInt(part.getKey());
      if (code >= 20 && code <= 29 || code >= 60 && code <= 63) {
        remittance.append(part.getValue());
      } else if (code == 31) {
        account = part.getValue();
      } else if (code == 32 || code == 33) {
        name.append(part.getValue());
      }
    }
    return new Mt940Text(name.isEmpty() ? null : name.toString(), account, remittance.toString());
  }

  private static Map<String, String> parts(String text, Pattern mark) {
    Map<String, String> parts = new LinkedHashMap<>();
    Matcher found = mark.matcher(text);
    String name = null;
    int from = 0;
    while (found.find()) {
      if (name != null) {
        parts.merge(name, text.substring(from, found.start()), String::concat);
      }
      name = found.group(1);
      from = found.end();
    }
    parts.merge(name, text.substring(from), String::concat);
    return parts;
  }
}
