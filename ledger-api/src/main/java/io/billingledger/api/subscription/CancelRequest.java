package io.billingledger.api.subscription;

import io.billingledger.subscription.CancelAt;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** When a subscription is to end, and why. */
record CancelRequest(@NotNull CancelAt at, @Size(max = 500) String reason) {}
