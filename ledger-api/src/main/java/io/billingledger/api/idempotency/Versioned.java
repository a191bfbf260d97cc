package io.billingledger.api.idempotency;

/** A resource whose answer carries its version as {@code ETag}, for {@code If-Match}. */
public interface Versioned {
  long version();
}
