package io.billingledger.catalog;

/**
 * One value that cannot be published.
 *
 * @param pointer where it is, a JSON pointer such as {@code /tiers/1/up_to}
 * @param rule what it must be, for a person; names the tier
 */
public record Fault(String pointer, String rule) {

  /** The same fault, seen from further out. */
  public Fault under(String place) {
    return new Fault(place + pointer, rule);
  }
}
