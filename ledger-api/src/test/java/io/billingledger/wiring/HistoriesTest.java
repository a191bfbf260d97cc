package io.billingledger.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.Test;

class HistoriesTest {
  private final EmbeddedEventStore store =
      EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build();
  private final AtomicInteger read = new AtomicInteger();
  private final Histories<String> histories =
      new Histories<>(
          store,
          "",
          (state, event) -> {
            read.incrementAndGet();
            return state + event;
          });

  @Test
  void thereIsNoStateWithoutAStream() {
    assertThat(histories.of("nobody")).isEmpty();
  }

  @Test
  void readsOnlyWhatIsNew() {
    publish(0, "a");
    publish(1, "b");
    assertThat(histories.of("one")).contains("ab");
    assertThat(histories.of("one")).contains("ab");
    assertThat(read).hasValue(2);
    publish(2, "c");
    assertThat(histories.of("one")).contains("abc");
    assertThat(read).hasValue(3);
  }

  @Test
  void seesWhatIsNotCommittedAndForgetsItWhenItIsNot() {
    publish(0, "a");
    DefaultUnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(new GenericMessage<>("request"));
    publish(1, "b");
    assertThat(histories.of("one")).contains("ab");
    unit.rollback();
    publish(1, "c");
    assertThat(histories.of("one")).contains("ac");
  }

  @Test
  void keepsWhatIsCommitted() {
    DefaultUnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(new GenericMessage<>("request"));
    publish(0, "a");
    assertThat(histories.of("one")).contains("a");
    unit.commit();
    assertThat(histories.of("one")).contains("a");
    assertThat(read).hasValue(1);
  }

  @Test
  void oneCommandLooksOnce() {
    publish(0, "a");
    DefaultUnitOfWork<?> root = DefaultUnitOfWork.startAndGet(new GenericMessage<>("request"));
    DefaultUnitOfWork<?> command = DefaultUnitOfWork.startAndGet(new GenericMessage<>("command"));
    assertThat(histories.of("one")).contains("a");
    publish(1, "b");
    assertThat(histories.of("one")).contains("a");
    command.commit();
    assertThat(histories.of("one")).contains("ab");
    root.commit();
  }

  private void publish(long sequence, String payload) {
    store.publish(new GenericDomainEventMessage<>("Test", "one", sequence, payload));
  }
}
