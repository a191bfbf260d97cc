package io.billingledger.wiring;

import io.billingledger.kernel.MetaKeys;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;

/** Hands on who acts and why: from a message to all that its handling sends and records. */
final class CausesAndActors implements CorrelationDataProvider {

  @Override
  public Map<String, ?> correlationDataFor(Message<?> message) {
    Map<String, Object> handedOn = new HashMap<>();
    Object actor = message.getMetaData().get(MetaKeys.ACTOR);
    if (actor != null) {
      handedOn.put(MetaKeys.ACTOR, actor);
    }
    handedOn.put(
        MetaKeys.CORRELATION,
        message.getMetaData().getOrDefault(MetaKeys.CORRELATION, message.getIdentifier()));
    handedOn.put(MetaKeys.CAUSE, message.getIdentifier());
    return handedOn;
  }
}
