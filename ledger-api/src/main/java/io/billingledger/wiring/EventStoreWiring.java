package io.billingledger.wiring;

import io.billingledger.kernel.Scope;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.SQLStateResolver;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.modelling.saga.repository.jdbc.GenericSagaSqlSchema;
import org.axonframework.modelling.saga.repository.jdbc.JdbcSagaStore;
import org.axonframework.modelling.saga.repository.jdbc.SagaSchema;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Events, tokens and sagas in PostgreSQL, all through JDBC, in tables that Flyway makes. */
@Configuration(proxyBeanMethods = false)
class EventStoreWiring {
  private static final int READ_BATCH = 500;

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(
      name = "axon.axonserver.enabled",
      havingValue = "false",
      matchIfMissing = true)
  static class InPostgres {
    @Bean
    LedgerEngine eventStorageEngine(
        @Qualifier("eventSerializer") Serializer eventSerializer,
        Serializer serializer,
        ObjectProvider<EventUpcaster> upcasters,
        ConnectionProvider connections,
        TransactionManager transactions) {
      JdbcEventStorageEngine.Builder builder =
          JdbcEventStorageEngine.builder()
              .schema(eventSchema())
              .eventSerializer(eventSerializer)
              .snapshotSerializer(serializer)
              .connectionProvider(connections)
              .transactionManager(transactions)
              .persistenceExceptionResolver(new SQLStateResolver("23505"))
              .batchSize(READ_BATCH)
              .finalAggregateBatchPredicate(batch -> batch.size() < READ_BATCH);
      upcasters.ifAvailable(builder::upcasterChain);
      return new LedgerEngine(builder);
    }

    @Bean("eventBus")
    @Qualifier("eventStore")
    SignallingEventStore eventStore(EventStorageEngine engine) {
      return SignallingEventStore.of(
          EmbeddedEventStore.builder()
              .storageEngine(engine)
              .threadFactory(
                  Scope.allTenantsThreads(
                      Thread.ofPlatform().daemon().name("event-store-", 0).factory())));
    }
  }

  @Bean
  TokenStore tokenStore(ConnectionProvider connections, Serializer serializer) {
    return JdbcTokenStore.builder()
        .connectionProvider(connections)
        .serializer(serializer)
        .schema(
            TokenSchema.builder()
                .setTokenTable("token_entry")
                .setProcessorNameColumn("processor_name")
                .setTokenTypeColumn("token_type")
                .build())
        .build();
  }

  @Bean
  SagaStore<Object> sagaStore(ConnectionProvider connections, Serializer serializer) {
    return JdbcSagaStore.builder()
        .connectionProvider(connections)
        .serializer(serializer)
        .sqlSchema(
            new GenericSagaSqlSchema(
                SagaSchema.builder()
                    .sagaEntryTable("saga_entry")
                    .sagaIdColumn("saga_id")
                    .sagaTypeColumn("saga_type")
                    .serializedSagaColumn("serialized_saga")
                    .associationValueEntryTable("association_value_entry")
                    .associationKeyColumn("association_key")
                    .associationValueColumn("association_value")
                    .build()))
        .build();
  }

  private static EventSchema eventSchema() {
    return EventSchema.builder()
        .eventTable("domain_event_entry")
        .snapshotTable("snapshot_event_entry")
        .globalIndexColumn("global_index")
        .timestampColumn("time_stamp")
        .eventIdentifierColumn("event_identifier")
        .aggregateIdentifierColumn("aggregate_identifier")
        .sequenceNumberColumn("sequence_number")
        .typeColumn("type")
        .payloadTypeColumn("payload_type")
        .payloadRevisionColumn("payload_revision")
        .payloadColumn("payload")
        .metaDataColumn("meta_data")
        .build();
  }
}
