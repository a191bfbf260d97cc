package io.billingledger.wiring;

import io.billingledger.kernel.MetaKeys;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;

/** One tenant's events are processed in their order; the platform's own by their aggregate. */
final class PerTenant implements SequencingPolicy<EventMessage<?>> {

  @Override
  public String getSequenceIdentifierFor(EventMessage<?> event) {
    Object tenant = event.getMetaData().get(MetaKeys.TENANT);
    if (tenant != null) {
      return tenant.toString();
    }
    return event instanceof DomainEventMessage<?> recorded
        ? recorded.getAggregateIdentifier()
        : event.getIdentifier();
  }
}
