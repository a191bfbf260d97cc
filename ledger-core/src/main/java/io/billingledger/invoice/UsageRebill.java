package io.billingledger.invoice;

import io.billingledger.catalog.CouponDiscount;
import io.billingledger.catalog.LateUsage;
import io.billingledger.catalog.Meter;
import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.money.Rounding;
import io.billingledger.rating.Consumption;
import io.billingledger.rating.RatedUse;
import io.billingledger.rating.UsageRating;
import io.billingledger.rating.UsageReading;
import io.billingledger.rating.UsageReading.MeterUse;
import io.billingledger.subscription.BilledAgain;
import io.billingledger.subscription.UsedPeriod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;

/**
 * What becomes of a billed period when usage comes late for meters that say {@code
 * CREDIT_AND_REBILL}. A pure function of what was counted before and now.
 *
 * <p>Only the meters whose count changed are billed again. Where the plan has a minimum or a
 * maximum, or the period is a trial with a balance, what the meters cost depends on one another:
 * then all of the period's usage is.
 *
 * @param used the period, its round and its metrics
 * @param charges whether anything is left to charge; else what was charged is only taken back
 * @param coupons what comes off the new charges as it came off the old ones: a percentage again,
 *     and of an amount the share that stood on the lines taken back
 */
public record UsageRebill(UsedPeriod used, boolean charges, List<CouponDiscount> coupons) {
  public UsageRebill {
    coupons = List.copyOf(coupons);
  }

  /** The metrics of a plan whose late usage is credited and billed again. */
  public static List<String> rebilled(List<Meter> meters) {
    return meters.stream()
        .filter(meter -> meter.lateUsage() == LateUsage.CREDIT_AND_REBILL)
        .map(Meter::metricCode)
        .distinct()
        .toList();
  }

  /** The metrics that are counted otherwise than before, in the order of the meters. */
  public static List<String> changed(UsageReading before, UsageReading now) {
    return now.meters().stream()
        .map(MeterUse::metricCode)
        .distinct()
        .filter(metric -> !counts(before, metric).equals(counts(now, metric)))
        .toList();
  }

  /** Records that cancel out change nothing, so their number does not count. */
  private static Map<Map<String, String>, Consumption> counts(UsageReading reading, String metric) {
    Map<Map<String, String>, Consumption> counts = new LinkedHashMap<>();
    for (MeterUse use : reading.meters()) {
      if (use.metricCode().equals(metric) && use.used().quantity().signum() != 0) {
        counts.put(use.group(), use.used());
      }
    }
    return counts;
  }

  /**
   * @param first the period as it was billed first
   * @param changed not empty
   * @param charging the invoices that have charged for the period so far, and of which usage that
   *     is billed again is taken back
   */
  public static UsageRebill of(
      SubscriptionId subscription,
      UsedPeriod first,
      int round,
      PlanSnapshot plan,
      List<String> changed,
      UsageReading now,
      List<InvoiceEvent.InvoiceIssued> charging) {
    UsedPeriod used = used(first, round, plan.terms(), changed);
    boolean charges =
        UsageRating.rate(plan.terms(), now, InvoiceState.ENGINE).uses().stream()
                .filter(use -> used.bills(use.metricCode()))
                .map(RatedUse::priced)
                .anyMatch(priced -> priced.amount().isPositive())
            || used.entire() && plan.terms().minimum() != null;
    return new UsageRebill(used, charges, coupons(subscription, used, charging));
  }

  /** Which metrics of the period are billed again. */
  public static UsedPeriod used(
      UsedPeriod first, int round, PlanTerms terms, List<String> changed) {
    boolean together = terms.minimum() != null || terms.maximum() != null || first.cycleNo() == 0;
    return first.billedAgain(new BilledAgain(round, together ? null : changed));
  }

  private static List<CouponDiscount> coupons(
      SubscriptionId subscription, UsedPeriod used, List<InvoiceEvent.InvoiceIssued> charging) {
    Map<String, CouponDiscount> coupons = new LinkedHashMap<>();
    for (InvoiceEvent.InvoiceIssued invoice : charging) {
      for (AppliedDiscount applied : invoice.discounts()) {
        if (isPlansOwn(applied) || !applied.isOf(subscription)) {
          continue;
        }
        if (applied.percent() != null) {
          coupons.putIfAbsent(
              applied.code(), new CouponDiscount(applied.code(), applied.percent(), null));
        } else {
          Money share = share(applied.asked(), subscription, used, invoice);
          if (share.isPositive()) {
            coupons.merge(
                applied.code(),
                new CouponDiscount(applied.code(), null, share),
                (a, b) -> new CouponDiscount(a.code(), null, a.amount().plus(b.amount())));
          }
        }
      }
    }
    return List.copyOf(coupons.values());
  }

  /**
   * Of what a coupon took off an invoice, what it took off the lines that are taken back. Coupons
   * come off every line by what the plan's own discounts left of it.
   */
  private static Money share(
      Money asked,
      SubscriptionId subscription,
      UsedPeriod used,
      InvoiceEvent.InvoiceIssued invoice) {
    Money zero = asked.minus(asked);
    boolean ownToo =
        invoice.discounts().stream()
            .anyMatch(applied -> isPlansOwn(applied) && applied.isOf(subscription));
    Money all = zero;
    Money taken = zero;
    for (InvoiceLine line : invoice.lines()) {
      if (!line.subscriptionId().equals(subscription)) {
        continue;
      }
      // What is left at last has the same proportions, and none of the plan's own in it.
      Money off = ownToo ? line.netAmount() : line.discount() == null ? zero : line.discount();
      all = all.plus(off);
      taken = line.charges(subscription, used) ? taken.plus(off) : taken;
    }
    return all.isZero()
        ? zero
        : Rounding.divide(
            asked.getCurrencyUnit(),
            asked.getAmount().multiply(taken.getAmount()),
            all.getAmount());
  }

  private static boolean isPlansOwn(AppliedDiscount applied) {
    return applied.code().equals(CycleCharges.TRIAL_BALANCE)
        || applied.code().equals(CycleCharges.MAXIMUM);
  }
}
