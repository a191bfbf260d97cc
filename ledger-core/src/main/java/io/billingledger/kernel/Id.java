package io.billingledger.kernel;

/** A prefixed ULID, such as {@code inv_01J9ZQ3V6X8Y5W2K7M4N1P0R3T}. Its text is its value. */
public interface Id {
  String value();
}
