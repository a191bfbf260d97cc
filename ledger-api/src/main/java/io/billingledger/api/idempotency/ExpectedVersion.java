package io.billingledger.api.idempotency;

import java.util.Optional;

/**
 * The version that the caller decided on ({@code If-Match}), if it said so. Commands carry it; the
 * decision compares and refuses with {@link io.billingledger.kernel.StaleVersion}.
 */
public record ExpectedVersion(Optional<Long> value) {
  public Long orNull() {
    return value.orElse(null);
  }
}
