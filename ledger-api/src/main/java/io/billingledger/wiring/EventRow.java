package io.billingledger.wiring;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;

/** An event and what of it is written. */
record EventRow(DomainEventMessage<?> event, SerializedObject<byte[]> payload, byte[] metaData) {

  static EventRow of(EventMessage<?> message, Serializer serializer) {
    DomainEventMessage<?> event = (DomainEventMessage<?>) message; // only aggregates record
    return new EventRow(
        event,
        event.serializePayload(serializer, byte[].class),
        event.serializeMetaData(serializer, byte[].class).getData());
  }
}
