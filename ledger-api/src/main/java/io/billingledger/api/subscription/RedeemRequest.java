package io.billingledger.api.subscription;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Which coupon a subscription redeems. */
record RedeemRequest(@NotBlank @Size(max = 64) String code) {}
