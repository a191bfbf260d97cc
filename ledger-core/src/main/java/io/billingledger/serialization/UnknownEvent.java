package io.billingledger.serialization;

import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedType;

/** The store holds an event that this version of the ledger does not know. */
public final class UnknownEvent extends SerializationException {
  public UnknownEvent(SerializedType type) {
    super(
        "The store holds the event %s revision %s, which this version does not know."
            .formatted(type.getName(), type.getRevision()));
  }
}
