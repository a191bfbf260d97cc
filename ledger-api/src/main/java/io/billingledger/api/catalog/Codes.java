package io.billingledger.api.catalog;

/** How people name products, plans, modules and metrics. */
public final class Codes {
  public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  public static final String RULE =
      "must be 1 to 64 letters, digits, dots, dashes or underscores, a letter or digit first";

  private Codes() {}
}
