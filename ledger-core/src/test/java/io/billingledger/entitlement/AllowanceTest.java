package io.billingledger.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.Enforcement;
import io.billingledger.entitlement.ConsumptionDecision.Allowed;
import io.billingledger.entitlement.ConsumptionDecision.Charged;
import io.billingledger.entitlement.ConsumptionDecision.Refused;
import io.billingledger.entitlement.ConsumptionDecision.Warned;
import io.billingledger.entitlement.EntitlementRejection.QuotaExceeded;
import io.billingledger.kernel.Rejection;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowanceTest {
  private static final BigDecimal PRICE = new BigDecimal("1500");

  /** Every enforcement, below, at, across and beyond the limit, with none and with no room. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        // enforcement, limit, used, quantity, decision, used after, beyond, remaining
        "HARD_BLOCK,     100,  0,   1,    Allowed, 1,     0,   99",
        "HARD_BLOCK,     100,  99,  1,    Allowed, 100,   0,   0",
        "HARD_BLOCK,     100,  99,  1.5,  Refused, none,  0,   1",
        "HARD_BLOCK,     100,  100, 0.01, Refused, none,  0,   0",
        "HARD_BLOCK,     0,    0,   1,    Refused, none,  0,   0",
        "HARD_BLOCK,     none, 999, 999,  Allowed, 1998,  0,   none",
        "SOFT_WARNING,   100,  99,  1,    Allowed, 100,   0,   0",
        "SOFT_WARNING,   100,  99,  3,    Warned,  102,   2,   0",
        "SOFT_WARNING,   100,  102, 3,    Warned,  105,   3,   0",
        "SOFT_WARNING,   0,    0,   1,    Warned,  1,     1,   0",
        "SOFT_WARNING,   none, 999, 1,    Allowed, 1000,  0,   none",
        "OVERAGE_CHARGE, 100,  99,  1,    Allowed, 100,   0,   0",
        "OVERAGE_CHARGE, 100,  99,  3.5,  Charged, 102.5, 2.5, 0",
        "OVERAGE_CHARGE, 100,  102, 3,    Charged, 105,   3,   0",
        "OVERAGE_CHARGE, 0,    0,   1,    Charged, 1,     1,   0",
        "OVERAGE_CHARGE, none, 999, 1,    Allowed, 1000,  0,   none"
      })
  void decides(
      Enforcement enforcement,
      BigDecimal limit,
      BigDecimal used,
      BigDecimal quantity,
      String decision,
      BigDecimal after,
      BigDecimal beyond,
      BigDecimal remaining) {
    Allowance allowance = new Allowance("orders", "orders", limit, enforcement, PRICE);
    ConsumptionDecision expected =
        switch (decision) {
          case "Allowed" -> new Allowed(after);
          case "Warned" -> new Warned(after, beyond);
          case "Charged" -> new Charged(after, beyond, PRICE);
          case "Refused" ->
              new Refused(new QuotaExceeded("orders", "orders", limit, used, quantity));
          default -> throw new IllegalArgumentException(decision);
        };
    assertThat(allowance.decide(used, quantity))
        .usingRecursiveComparison()
        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .isEqualTo(expected);
    assertThat(allowance.remaining(after == null ? used : after).orElse(null))
        .usingComparator(java.util.Comparator.nullsFirst(BigDecimal::compareTo))
        .isEqualTo(remaining);
  }

  /** The guard that the counter is held against says no exactly where the decision does. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "HARD_BLOCK, 100, 100",
        "HARD_BLOCK, none, none",
        "SOFT_WARNING, 100, none",
        "OVERAGE_CHARGE, 100, none"
      })
  void theCeilingIsWhereItRefuses(Enforcement enforcement, BigDecimal limit, BigDecimal ceiling) {
    Allowance allowance = new Allowance("orders", "orders", limit, enforcement, null);
    assertThat(allowance.ceiling().orElse(null)).isEqualTo(ceiling);
    for (int used = 0; used <= 120; used += 20) {
      for (int quantity = 10; quantity <= 120; quantity += 10) {
        boolean fits = ceiling == null || used + quantity <= ceiling.intValue();
        assertThat(
                allowance.decide(BigDecimal.valueOf(used), BigDecimal.valueOf(quantity))
                    instanceof Refused)
            .isNotEqualTo(fits);
      }
    }
  }

  @org.junit.jupiter.api.Test
  void theRefusalSaysWhatDecided() {
    Rejection rejection =
        new QuotaExceeded("wa", "messages", new BigDecimal("50"), new BigDecimal("49"), PRICE);
    assertThat(rejection.code()).isEqualTo("quota.exceeded");
    assertThat(rejection.kind()).isEqualTo(Rejection.Kind.CONFLICT);
    assertThat(rejection.detail())
        .isEqualTo("1500 more of wa/messages do not fit: 49 of 50 are used in this cycle.");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "100,  0,    79.99, ''",
        "100,  79.9, 80,    80",
        "100,  80,   99,    ''",
        "100,  99,   100,   100",
        "100,  0,    500,   80 100",
        "100,  100,  500,   ''",
        "0.5,  0.3,  0.4,   80",
        "0,    0,    5,     ''",
        "none, 0,    5,     ''"
      })
  void eightyAndAHundredPercentAreReachedOnTheWayUp(
      BigDecimal limit, BigDecimal before, BigDecimal after, String reached) {
    Allowance allowance = new Allowance("m", "x", limit, Enforcement.SOFT_WARNING, null);
    assertThat(
            allowance.reached(before, after).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" ")))
        .isEqualTo(reached);
  }
}
