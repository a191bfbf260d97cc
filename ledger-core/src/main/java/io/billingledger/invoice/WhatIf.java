package io.billingledger.invoice;

import io.billingledger.catalog.PriceBook;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.rating.PricingEngine;
import io.billingledger.rating.UsedQuantities;
import java.util.Map;
import org.joda.money.Money;

/**
 * An issued invoice beside what it would have been: a pure comparison that changes nothing.
 *
 * @param issued total of the document
 * @param again what computing it again, as it was made, comes to
 * @param would what it comes to under the alternative
 */
public record WhatIf(InvoiceIssued invoice, Money issued, Money again, Money would) {

  /**
   * @param engine null for the one that each invoice was made with
   * @param versions of plans, by their code, in the place of those that invoices were made with
   */
  public record Alternative(PricingEngine engine, Map<String, Integer> versions) {
    public Alternative {
      versions = Map.copyOf(versions);
    }
  }

  public static WhatIf of(
      InvoiceIssued invoice, Alternative alternative, PriceBook prices, UsedQuantities quantities) {
    PricingEngine own = PricingEngine.of(invoice.engineVersion());
    PricingEngine other = alternative.engine() == null ? own : alternative.engine();
    return new WhatIf(
        invoice,
        invoice.total(),
        new Rederivation(invoice, own, Map.of(), prices, quantities).charges().total(),
        new Rederivation(invoice, other, alternative.versions(), prices, quantities)
            .charges()
            .total());
  }

  public Money difference() {
    return would.minus(issued);
  }

  /** Whether the document follows from its history; if not, no comparison means anything. */
  public boolean reproduced() {
    return again.isEqual(issued);
  }
}
