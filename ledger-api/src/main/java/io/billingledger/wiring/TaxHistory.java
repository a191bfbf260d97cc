package io.billingledger.wiring;

import io.billingledger.kernel.TaxBookId;
import io.billingledger.tax.ConfiguredTaxRules;
import io.billingledger.tax.TaxBookState;
import io.billingledger.tax.TaxEvent;
import io.billingledger.tax.TaxRules;
import io.billingledger.tax.TaxTable;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/** The tax rules of the settings and those that the tax book's history has. */
@Component
class TaxHistory implements TaxRules {
  private final Histories<TaxBookState> books;
  private final ConfiguredTaxRules configured;

  TaxHistory(EventStore store, ConfiguredTaxRules configured) {
    this.books =
        new Histories<>(
            store, TaxBookState.EMPTY, (state, event) -> state.evolve((TaxEvent) event));
    this.configured = configured;
  }

  @Override
  public TaxTable known() {
    return books.of(TaxBookId.only().value()).orElse(TaxBookState.EMPTY).with(configured.rules());
  }
}
