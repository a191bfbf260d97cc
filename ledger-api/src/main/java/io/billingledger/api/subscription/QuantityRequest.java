package io.billingledger.api.subscription;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** How many of its plan a subscription is to have. */
record QuantityRequest(@NotNull @Min(1) @Max(1_000_000) Integer quantity) {}
