package io.billingledger.invoice;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.money.Fraction;
import io.billingledger.money.Rounding;
import io.billingledger.rating.PricingEngine;
import io.billingledger.rating.Proration;
import io.billingledger.rating.RatedReading;
import io.billingledger.rating.RatedUse;
import io.billingledger.rating.UsageRating;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.time.BillingPeriod;
import io.billingledger.time.PartOfPeriod;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What an invoice of a subscription charges: usage of ended periods, in arrears, and the fee of the
 * new one, in advance; with what comes off by the plan itself, the trial's balance and a plan's
 * maximum. A pure function of what was asked for, the plan versions and the usage.
 */
record CycleCharges(List<Charge> charges, List<Discount> discounts) {
  static final String TRIAL_BALANCE = "trial-balance";
  static final String MAXIMUM = "plan-maximum";

  /** Decimals of a quantity that no decimal can hold, on the line; frozen exactly beside it. */
  private static final int SHOWN_DECIMALS = 9;

  static CycleCharges of(
      IssueInvoice command,
      PlanSnapshot plan,
      List<BilledUsage> usage,
      PricingEngine engine,
      ZoneId zone) {
    Collected collected = new Collected(engine, zone);
    switch (command.reason()) {
      case FIRST, RENEWAL, REPLACEMENT, CHANGE -> collected.fee(command, plan);
      case FINAL_USAGE, REBILL -> {}
    }
    usage.forEach(collected::usage);
    if (collected.charges.isEmpty()) {
      collected.nothing(command, plan);
    }
    return new CycleCharges(List.copyOf(collected.charges), List.copyOf(collected.discounts));
  }

  /** What the price of a part of a period comes to, before discount and tax. */
  static Money fee(PlanTerms terms, int quantity, PartOfPeriod part) {
    CurrencyUnit currency = terms.price().getCurrencyUnit();
    BigDecimal exact = terms.price().getAmount().multiply(BigDecimal.valueOf(quantity));
    return part == null || part.share().entire()
        ? Rounding.toMinorUnit(currency, exact)
        : Proration.amount(currency, exact, part.share());
  }

  private static final class Collected {
    private final PricingEngine engine;
    private final ZoneId zone;
    private final List<Charge> charges = new ArrayList<>();
    private final List<Discount> discounts = new ArrayList<>();

    Collected(PricingEngine engine, ZoneId zone) {
      this.engine = engine;
      this.zone = zone;
    }

    void fee(IssueInvoice command, PlanSnapshot plan) {
      PlanTerms terms = plan.terms();
      PartOfPeriod part = part(command, terms);
      Money fee = CycleCharges.fee(terms, command.quantity(), part);
      charges.add(
          new Charge(
              LineType.RECURRING,
              plan.name() + dates(command.period()) + share(part),
              BigDecimal.valueOf(command.quantity()),
              terms.price().getAmount(),
              fee,
              terms.taxBehaviour(),
              command.cycleNo(),
              null,
              part,
              null));
      if (command.reason() != InvoiceReason.CHANGE) {
        if (command.cycleNo() == 1 && terms.setupFee().isPositive()) {
          charges.add(
              Charge.plain(
                  LineType.SETUP,
                  "Set-up of " + plan.name(),
                  terms.setupFee(),
                  terms.taxBehaviour(),
                  command.cycleNo()));
        }
        if (!terms.postpaid()) {
          bounds(
              plan,
              command.period(),
              command.cycleNo(),
              part,
              fee,
              charge ->
                  charge.type() == LineType.RECURRING && charge.cycleNo() == command.cycleNo());
        }
      }
    }

    /** As it was asked for, or what a period that is shorter than the plan's is of it. */
    private PartOfPeriod part(IssueInvoice command, PlanTerms terms) {
      if (command.part() != null) {
        return command.part();
      }
      BillingPeriod period = command.period();
      BillingPeriod whole = terms.interval().wholePeriod(period, command.anchorDay());
      return whole.equals(period) ? null : part(terms, period, whole);
    }

    private PartOfPeriod part(PlanTerms terms, BillingPeriod period, BillingPeriod whole) {
      return PartOfPeriod.between(
          terms.proration(), terms.interval(), period.start(), period.end(), whole, zone);
    }

    /** Usage of a trial is billed only where the plan gives the trial a balance to draw down. */
    void usage(BilledUsage billed) {
      UsedPeriod used = billed.used();
      PlanTerms terms = billed.plan().terms();
      Money balance = terms.usage().trialBalance();
      if (used.cycleNo() == 0 && balance == null) {
        return;
      }
      RatedReading rated = UsageRating.rate(terms, billed.reading(), engine);
      rated.uses().stream()
          .filter(use -> used.bills(use.metricCode()))
          .filter(use -> use.records() > 0 || use.priced().amount().isPositive())
          .forEach(use -> charges.add(charge(billed, use)));
      if (!used.entire()) {
        return;
      }
      Money total = rated.total(terms.price().getCurrencyUnit());
      if (used.cycleNo() == 0) {
        if (total.isPositive()) {
          discounts.add(
              Discount.amount(TRIAL_BALANCE, "Balance of the trial", balance, isUsageOf(used)));
        }
      } else {
        PartOfPeriod part =
            used.period().equals(used.whole()) ? null : part(terms, used.period(), used.whole());
        Money fee = CycleCharges.fee(terms, used.quantity(), part);
        bounds(
            billed.plan(), used.period(), used.cycleNo(), part, fee.plus(total), isUsageOf(used));
      }
    }

    private Charge charge(BilledUsage billed, RatedUse use) {
      UsedPeriod used = billed.used();
      String group =
          use.group().isEmpty()
              ? ""
              : use.group().entrySet().stream()
                  .map(entry -> entry.getKey() + " " + entry.getValue())
                  .collect(Collectors.joining(", ", " (", ")"));
      return new Charge(
          use.overage() ? LineType.OVERAGE : LineType.USAGE,
          use.name() + group + dates(used.period()),
          shown(use.charged()),
          use.unitPrice(),
          use.priced().amount(),
          billed.plan().terms().taxBehaviour(),
          used.cycleNo(),
          use.metricCode(),
          null,
          new LineUsage(
              used.period(),
              used.planCode(),
              used.planVersion(),
              use.pricing().model(),
              use.quantity(),
              use.group(),
              use.records(),
              billed.reading().closedAt(),
              engine.version()));
    }

    /**
     * A plan's minimum and maximum of what a cycle costs, its fee and its usage together; of a part
     * of a cycle, the same part of them.
     *
     * @param capped what comes off beyond the maximum comes off these
     */
    private void bounds(
        PlanSnapshot plan,
        BillingPeriod period,
        int cycleNo,
        PartOfPeriod part,
        Money cost,
        Predicate<Charge> capped) {
      PlanTerms terms = plan.terms();
      Money least = bound(terms.minimum(), part);
      Money most = bound(terms.maximum(), part);
      if (least != null && cost.isLessThan(least)) {
        charges.add(
            Charge.plain(
                LineType.ADJUSTMENT,
                "Up to the minimum of " + plan.name() + dates(period),
                least.minus(cost),
                terms.taxBehaviour(),
                cycleNo));
      }
      if (most != null && cost.isGreaterThan(most)) {
        discounts.add(
            Discount.amount(
                MAXIMUM,
                "Beyond the maximum of " + plan.name() + dates(period),
                cost.minus(most),
                capped));
      }
    }

    private static Money bound(Money bound, PartOfPeriod part) {
      return bound == null || part == null
          ? bound
          : Proration.amount(bound.getCurrencyUnit(), bound.getAmount(), part.share());
    }

    /** An invoice has a line, also where nothing was used. */
    void nothing(IssueInvoice command, PlanSnapshot plan) {
      charges.add(
          Charge.plain(
              LineType.USAGE,
              "No usage of " + plan.name() + dates(command.period()),
              Money.zero(plan.terms().price().getCurrencyUnit()),
              plan.terms().taxBehaviour(),
              command.cycleNo()));
    }

    private static Predicate<Charge> isUsageOf(UsedPeriod used) {
      return charge -> charge.usage() != null && charge.usage().period().equals(used.period());
    }

    private static String dates(BillingPeriod period) {
      return ", %s to %s".formatted(period.start(), period.end().minus(1, ChronoUnit.DAYS));
    }

    private static String share(PartOfPeriod part) {
      if (part == null) {
        return "";
      }
      return switch (part.basis()) {
        case ACTUAL_DAYS, FIXED_30 ->
            ", %s of %s days"
                .formatted(
                    part.share().part().toPlainString(), part.share().whole().toPlainString());
        case SECONDS ->
            ", %s of %s seconds"
                .formatted(
                    part.share().part().toPlainString(), part.share().whole().toPlainString());
      };
    }

    private static BigDecimal shown(Fraction quantity) {
      BigDecimal decimal = quantity.rounded(SHOWN_DECIMALS, Rounding.MODE).stripTrailingZeros();
      return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
    }
  }
}
