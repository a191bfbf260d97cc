package io.billingledger.wiring;

import io.billingledger.saga.SagaGroups;
import io.billingledger.serialization.EventSerializer;
import io.billingledger.view.ViewGroups;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.modelling.saga.repository.jdbc.JdbcSagaStore;
import org.axonframework.springboot.EventProcessorProperties;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Refuses to start on parts that are not the intended ones: a default that slips in (tokens or
 * sagas in memory, deadlines that are lost) would work until the first restart.
 */
@Component
class StartUpChecks implements SmartInitializingSingleton {
  private final Configuration ledger;
  private final EventProcessingConfiguration processing;
  private final DeadlineManager deadlines;
  private final EventProcessorProperties settings;

  StartUpChecks(
      Configuration ledger,
      EventProcessingConfiguration processing,
      DeadlineManager deadlines,
      EventProcessorProperties settings) {
    this.ledger = ledger;
    this.processing = processing;
    this.deadlines = deadlines;
    this.settings = settings;
  }

  @Override
  public void afterSingletonsInstantiated() {
    require("token store", JdbcTokenStore.class, ledger.getComponent(TokenStore.class));
    require("saga store", JdbcSagaStore.class, processing.sagaStore());
    require("event serializer", EventSerializer.class, ledger.eventSerializer());
    require("deadline manager", DbSchedulerDeadlineManager.class, deadlines);
    List<String> groups = Stream.concat(ViewGroups.ALL.stream(), SagaGroups.ALL.stream()).toList();
    settings
        .getProcessors()
        .keySet()
        .forEach(
            name -> {
              if (!groups.contains(name)) {
                throw new IllegalStateException(
                    "axon.eventhandling.processors names \"%s\", which is not one of %s"
                        .formatted(name, groups));
              }
            });
  }

  private static void require(String part, Class<?> intended, Object actual) {
    if (!intended.isInstance(actual)) {
      throw new IllegalStateException(
          "The %s must be a %s and is a %s: the ledger does not start with it."
              .formatted(part, intended.getSimpleName(), actual.getClass().getSimpleName()));
    }
  }
}
