package io.billingledger.wiring;

import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.TenantEvent.TenantRegistered;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

/** How a tenant was registered, from its own stream. */
@Component
public class TenantHistory {
  private final EventStore store;

  TenantHistory(EventStore store) {
    this.store = store;
  }

  public TenantRegistered registration(TenantId tenant) {
    return (TenantRegistered) store.readEvents(tenant.value()).next().getPayload();
  }
}
