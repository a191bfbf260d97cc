package io.billingledger.wiring;

import io.billingledger.journal.ChartEvent;
import io.billingledger.journal.ChartState;
import io.billingledger.journal.Charts;
import io.billingledger.kernel.ChartId;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/** Charts of accounts as their own history tells them. */
@Component
class ChartHistory implements Charts {
  private final Histories<ChartState> charts;

  ChartHistory(EventStore store) {
    this.charts =
        new Histories<>(store, ChartState.NONE, (state, event) -> state.evolve((ChartEvent) event));
  }

  @Override
  public ChartState of(String legalEntityId) {
    return charts.of(ChartId.of(legalEntityId).value()).orElse(ChartState.NONE);
  }
}
