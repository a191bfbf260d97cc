package io.billingledger.subscription;

import static io.billingledger.subscription.Given.invoice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.catalog.CouponDiscount;
import io.billingledger.catalog.CouponDuration;
import io.billingledger.catalog.CouponTerms;
import io.billingledger.catalog.IssuedCoupon;
import io.billingledger.kernel.CouponId;
import io.billingledger.kernel.PlanChangeId;
import io.billingledger.kernel.Rejected;
import io.billingledger.subscription.SubscriptionCommand.RedeemCoupon;
import io.billingledger.subscription.SubscriptionCommand.ReplaceCycleInvoice;
import io.billingledger.subscription.SubscriptionCommand.RequestPlanChange;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Which invoices a coupon takes something off, and who can redeem it. */
class CouponsTest {
  private static final LocalDate START = LocalDate.of(2026, 1, 10);
  private final Prices prices = Prices.usual();

  @Test
  void onceIsTheFirstInvoiceOnly() {
    Given given = with(coupon("X", CouponDuration.ONCE, null));
    assertThat(cycles(given, 3)).containsExactly(1);
  }

  @Test
  void repeatingIsSoManyCycles() {
    Given given = with(coupon("X", CouponDuration.REPEATING, 2));
    assertThat(cycles(given, 4)).containsExactly(1, 2);
  }

  @Test
  void foreverIsEveryCycle() {
    Given given = with(coupon("X", CouponDuration.FOREVER, null));
    assertThat(cycles(given, 3)).containsExactly(1, 2, 3);
  }

  @Test
  void redeemedLaterItBeginsWithTheNextInvoice() {
    Given given = Given.subscribed(prices, "basic", START).paid(1, invoice(1));
    redeem(given, 5, coupon("X", CouponDuration.ONCE, null));
    assertThat(cycles(given, 2, 3)).containsExactly(2);
  }

  @Test
  void aReplacementOfTheSameCycleKeepsIt() {
    Given given =
        with(coupon("X", CouponDuration.ONCE, null))
            .when(2, d -> d.decide(new ReplaceCycleInvoice(Given.ID, invoice(1), given().day(2))));
    assertThat(requested(given).coupons())
        .containsExactly(new CouponDiscount("X", BigDecimal.TEN, null));
    assertThat(requested(given).reason()).isEqualTo(InvoiceReason.REPLACEMENT);
  }

  @Test
  void aPlanThatItDoesNotApplyToPaysInFull() {
    IssuedCoupon forBasic =
        new IssuedCoupon(
            CouponId.derive("X"),
            "X",
            new CouponTerms(
                BigDecimal.TEN,
                null,
                CouponDuration.FOREVER,
                null,
                null,
                null,
                null,
                List.of(),
                List.of("basic")),
            false);
    Given given = with(forBasic).paid(1, invoice(1));
    given.when(
        3,
        d ->
            d.decide(
                new RequestPlanChange(
                    Given.ID,
                    PlanChangeId.derive("up"),
                    "pro",
                    InvoiceProgress.UNTOUCHED,
                    null,
                    given.day(3))));
    given.advancedTo(23);
    assertThat(requested(given).planCode()).isEqualTo("pro");
    assertThat(requested(given).coupons()).isEmpty();
    refused(
        "coupon.not-applicable", () -> Given.subscribed(prices, "pro", START, true, 1, forBasic));
  }

  @Test
  void onlyOnItsDaysOnceAndWhileItIsNotRetired() {
    CouponTerms february =
        new CouponTerms(
            BigDecimal.TEN,
            null,
            CouponDuration.ONCE,
            null,
            LocalDate.of(2026, 2, 1),
            LocalDate.of(2026, 2, 8),
            null,
            List.of(),
            List.of());
    IssuedCoupon coupon = new IssuedCoupon(CouponId.derive("X"), "X", february, false);
    Given given = Given.subscribed(prices, "basic", START).paid(1, invoice(1));
    refused("coupon.not-valid", () -> redeem(given, 21, coupon)); // 31 January
    refused("coupon.not-valid", () -> redeem(given, 30, coupon)); // 9 February
    refused(
        "coupon.retired",
        () -> redeem(given, 22, new IssuedCoupon(CouponId.derive("X"), "X", february, true)));
    redeem(given, 22, coupon);
    refused("coupon.redeemed-already", () -> redeem(given, 22, coupon));
  }

  static IssuedCoupon coupon(String code, CouponDuration duration, Integer cycles) {
    return new IssuedCoupon(
        CouponId.derive(code),
        code,
        new CouponTerms(
            BigDecimal.TEN, null, duration, cycles, null, null, null, List.of(), List.of()),
        false);
  }

  private Given with(IssuedCoupon coupon) {
    return Given.subscribed(prices, "basic", START, true, 1, coupon);
  }

  private Given given() {
    return Given.subscribed(prices, "basic", START);
  }

  private static Given redeem(Given given, int day, IssuedCoupon coupon) {
    return given.when(
        day,
        d -> d.decide(new RedeemCoupon(Given.ID, coupon.code(), null, given.day(day)), coupon));
  }

  /** Of the cycles up to this one, those whose invoice had something taken off. */
  private static List<Integer> cycles(Given given, int last) {
    return cycles(given, 1, last);
  }

  private static List<Integer> cycles(Given given, int first, int last) {
    List<Integer> cycles = new java.util.ArrayList<>();
    for (int cycle = first; cycle <= last; cycle++) {
      if (given.events().stream().noneMatch(CycleInvoiceRequested.class::isInstance)) {
        given.advancedTo(30 * (cycle - 1) - 7);
      }
      CycleInvoiceRequested requested = requested(given);
      assertThat(requested.cycleNo()).isEqualTo(cycle);
      if (!requested.coupons().isEmpty()) {
        cycles.add(cycle);
      }
      given.paid(30 * (cycle - 1) + 1, invoice(cycle));
    }
    return cycles;
  }

  private static CycleInvoiceRequested requested(Given given) {
    return given.events().stream()
        .filter(CycleInvoiceRequested.class::isInstance)
        .map(CycleInvoiceRequested.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static void refused(String code, ThrowingCallable decision) {
    assertThatThrownBy(decision)
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.rejection().code()).isEqualTo(code));
  }
}
