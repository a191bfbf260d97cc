package io.billingledger.tax;

import io.billingledger.kernel.EventType;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.TaxBookId;
import java.time.Instant;

/** What happened in the tax book. */
public sealed interface TaxEvent extends LedgerEvent {
  TaxBookId taxBookId();

  @EventType(name = "tax-rule.added")
  record TaxRuleAdded(TaxBookId taxBookId, TaxRule rule, Instant at) implements TaxEvent {}
}
