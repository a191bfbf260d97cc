package io.billingledger.subscription;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.money.Fraction;
import io.billingledger.subscription.SubscriptionState.Live;
import io.billingledger.time.BillingPeriod;
import io.billingledger.time.PartOfPeriod;
import io.billingledger.time.Share;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is left of a running cycle at an instant (B36): what a change charges for, and what it gives
 * back.
 *
 * @param plan of the cycle until then
 * @param at before the cycle's period ends
 */
record RestOfCycle(Live s, PlanSnapshot plan, Instant at) {

  /** In the measure of the plan that is charged for it. */
  PartOfPeriod part(PlanTerms charged) {
    return PartOfPeriod.restFrom(
        charged.proration(), charged.interval(), at, s.period().end(), whole(), s.zone());
  }

  /** How much of what each invoice of the cycle charged is unused when nothing is wanted more. */
  List<UnusedPart> unused() {
    return unused(s.ofThisCycle().mapToInt(CycleInvoice::kept).sum());
  }

  /**
   * The same for so many units that are given up: those that were charged last come first, so that
   * whole units of an invoice are given back.
   */
  List<UnusedPart> unused(int units) {
    Fraction rest = fraction(part(plan.terms()).share());
    Map<InvoiceId, Integer> givenUp = s.givenUp(units);
    return s.ofThisCycle()
        .filter(invoice -> givenUp.getOrDefault(invoice.invoiceId(), 0) > 0)
        .map(
            invoice -> {
              Fraction of = rest.dividedBy(covered(invoice));
              Fraction unused = of.compareTo(Fraction.ONE) > 0 ? Fraction.ONE : of;
              return new UnusedPart(
                  invoice.invoiceId(),
                  unused
                      .times(Fraction.of(givenUp.get(invoice.invoiceId())))
                      .dividedBy(Fraction.of(invoice.quantity())));
            })
        .filter(part -> part.fraction().signum() > 0)
        .toList();
  }

  /** How much of the whole period an invoice has charged. */
  private Fraction covered(CycleInvoice invoice) {
    if (invoice.part() != null) {
      return fraction(invoice.part().share());
    }
    BillingPeriod charged = invoice.period();
    PlanTerms terms = plan.terms();
    return whole().equals(charged)
        ? Fraction.ONE
        : fraction(
            PartOfPeriod.between(
                    terms.proration(),
                    terms.interval(),
                    charged.start(),
                    charged.end(),
                    whole(),
                    s.zone())
                .share());
  }

  /** The whole period that the cycle is, or is a part of. */
  BillingPeriod whole() {
    return s.cycleNo() == 0
        ? s.period()
        : plan.terms().interval().wholePeriod(s.period(), s.anchorDay());
  }

  private static Fraction fraction(Share share) {
    return Fraction.of(share.part()).dividedBy(Fraction.of(share.whole()));
  }
}
