package io.billingledger.wiring;

import java.util.List;
import org.axonframework.eventhandling.EventMessage;

/** What the commands of the running unit of work have decided so far. */
@FunctionalInterface
public interface StagedEvents {

  /** In their order; none outside a unit of work. */
  List<EventMessage<?>> staged();
}
