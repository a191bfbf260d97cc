package io.billingledger.api.subscription;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** The plan that a subscription is to have. */
record PlanChangeRequest(@NotBlank @Size(max = 64) String planCode) {}
