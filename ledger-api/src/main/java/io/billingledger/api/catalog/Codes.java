package io.billingledger.api.catalog;

/** How people name products, plans, modules and metrics. */
public final class Codes {
  public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  public static final String RULE =
      "must be 1 to 64 letters, digits, dots, dashes or underscores, a letter or digit first";

  private static final int LONGEST = 64;

  private Codes() {}

  /** Whether it matches {@link #PATTERN}, without a matcher: usage names codes by the million. */
  public static boolean matches(String text) {
    if (text.isEmpty() || text.length() > LONGEST || !isAlphanumeric(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
