package io.billingledger.view;

import io.billingledger.kernel.LedgerEvent;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.hibernate.Session;
import org.hibernate.SessionCheckMode;

/**
 * What the events of a batch are going to ask for one by one, asked for at once when the first of
 * them comes: rows that a projection changes are loaded by one statement. Only its speed depends on
 * it.
 */
public final class Ahead {
  private Ahead() {}

  /**
   * Once in a batch, and not at all where there is but one stream.
   *
   * @param whose names what is loaded
   * @param load gets the streams that events of this type are of
   */
  public static void once(
      Object whose, Class<? extends LedgerEvent> type, Consumer<List<String>> load) {
    if (CurrentUnitOfWork.isStarted()
        && CurrentUnitOfWork.get() instanceof BatchingUnitOfWork<?> batch
        && batch.resources().putIfAbsent(Ahead.class.getName() + "/" + whose, true) == null) {
      List<String> streams =
          batch.getMessages().stream()
              .filter(DomainEventMessage.class::isInstance)
              .map(message -> (DomainEventMessage<?>) message)
              .filter(event -> type.isInstance(event.getPayload()))
              .map(DomainEventMessage::getAggregateIdentifier)
              .distinct()
              .toList();
      if (streams.size() > 1) {
        load.accept(streams);
      }
    }
  }

  /** That the database had nothing of these when the batch began. */
  public static void noteAbsent(Object whose, Set<String> ids) {
    CurrentUnitOfWork.get().resources().put(absent(whose), ids);
  }

  /** Whether that was noted; what the batch itself has added since is the caller's to know. */
  public static boolean isAbsent(Object whose, String id) {
    return CurrentUnitOfWork.isStarted()
        && CurrentUnitOfWork.get()
            .getOrDefaultResource(absent(whose), Set.<String>of())
            .contains(id);
  }

  private static String absent(Object whose) {
    return Ahead.class.getName() + "/absent/" + whose;
  }

  /** Into the persistence context, where they are found then. */
  public static void load(EntityManager rows, Class<?> type, List<String> ids) {
    rows.unwrap(Session.class).findMultiple(type, ids, SessionCheckMode.ENABLED);
  }
}
