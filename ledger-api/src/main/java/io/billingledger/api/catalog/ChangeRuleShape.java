package io.billingledger.api.catalog;

import io.billingledger.catalog.ChangeRule;
import io.billingledger.catalog.ChangeTiming;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** How a change to another plan is timed. */
@Schema(name = "ChangeRule")
record ChangeRuleShape(
    @NotNull @Pattern(regexp = Codes.PATTERN, message = Codes.RULE) String toPlanCode,
    @NotNull ChangeTiming timing) {

  static ChangeRuleShape of(ChangeRule rule) {
    return new ChangeRuleShape(rule.toPlanCode(), rule.timing());
  }

  ChangeRule rule() {
    return new ChangeRule(toPlanCode, timing);
  }
}
