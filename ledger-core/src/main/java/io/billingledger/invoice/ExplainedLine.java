package io.billingledger.invoice;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.rating.Priced;
import org.joda.money.Money;

/**
 * A line of an issued invoice, and how it comes about when everything is computed again from what
 * was frozen.
 *
 * @param line as it was issued
 * @param plan whose prices it has
 * @param priced the steps from the quantity to the price in the catalogue's terms
 * @param again the same line, computed again
 */
public record ExplainedLine(InvoiceLine line, PlanSnapshot plan, Priced priced, InvoiceLine again) {

  /**
   * What is charged in the catalogue's terms: before discount, with tax inside if prices have it.
   */
  public Money asked() {
    return priced.amount();
  }

  /** Whether computing it again gives what was issued. */
  public boolean matches() {
    return line.amount().isEqual(again.amount())
        && line.grossAmount().isEqual(again.grossAmount())
        && line.netAmount().isEqual(again.netAmount());
  }
}
