package io.billingledger.run;

import io.billingledger.kernel.Scope;
import io.billingledger.tenant.LegalEntity;
import jakarta.persistence.EntityManager;
import java.lang.reflect.Constructor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All views made once more beside the live ones: the same projection classes, writing to temporary
 * tables of a connection of their own, which PostgreSQL finds before the tables of the same name.
 * They need no right but TEMPORARY, nobody else sees them, and they go with the connection.
 */
final class Rebuild implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
  private static final int BATCH = 500;
  private static final int PATIENCE_SECONDS = 30;

  /** What is in view tables and is no fold of events. */
  private static final List<String> NO_VIEWS = List.of("view_quota_rebuild");

  private static final String PRIMARY_KEY =
      """
      SELECT attribute.attname
      FROM pg_index CROSS JOIN unnest(indkey) WITH ORDINALITY AS part (number, place)
      JOIN pg_attribute attribute ON attrelid = indrelid AND attnum = part.number
      WHERE indrelid = 'public.%s'::regclass AND indisprimary ORDER BY part.place
      """;

  /**
   * Positions say how far a projection was when it took an event, which is later than the event's
   * own position where that was committed late: no fold of events, so not compared.
   */
  private static final String COLUMNS =
      """
      SELECT attname FROM pg_attribute
      WHERE attrelid = 'public.%s'::regclass AND attnum > 0 AND NOT attisdropped
        AND attname NOT IN ('position', 'created_position')
      ORDER BY attnum
      """;

  private final Connection connection;
  private final Session session;
  private final List<AnnotationEventHandlerAdapter> projections;
  private final BlockingStream<TrackedEventMessage<?>> events;
  private final List<String> tables;
  private long reached = -1;

  /**
   * @param connection closed with this
   * @param projections the classes of the live views
   */
  Rebuild(
      Connection connection,
      SessionFactory sessions,
      List<Class<?>> projections,
      LegalEntity legalEntity,
      ParameterResolverFactory parameters,
      EventStore history) {
    this.connection = connection;
    try {
      execute("SELECT set_config('ledger.scope', '" + Scope.ALL + "', false)");
      tables = viewTables();
      for (String table : tables) {
        execute("CREATE TEMPORARY TABLE %s (LIKE public.%s INCLUDING ALL)".formatted(table, table));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot make tables for the rebuild", e);
    }
    session = sessions.withOptions().connection(connection).openSession();
    this.projections =
        projections.stream()
            .map(
                type ->
                    new AnnotationEventHandlerAdapter(
                        instance(type, session, legalEntity), parameters))
            .toList();
    events = history.openStream(null);
  }

  /**
   * Handles all events up to the position, and late ones before it that have come since.
   *
   * @param goesOn told how far it is; false ends it
   * @return false when it was ended
   */
  boolean follow(long position, LongPredicate goesOn) {
    while (reached < position) {
      if (!goesOn.test(Math.max(0, reached))) {
        return false;
      }
      session.beginTransaction();
      // As with the live views, a unit of work ends what projections have left for its end.
      UnitOfWork<?> batch = DefaultUnitOfWork.startAndGet(null);
      try {
        for (int handled = 0; handled < BATCH && reached < position; handled++) {
          handle(next(position));
        }
        batch.onPrepareCommit(_ -> session.flush());
        batch.commit();
        session.getTransaction().commit();
      } catch (Exception e) {
        if (batch.isActive()) {
          batch.rollback(e);
        }
        session.getTransaction().rollback();
        throw new IllegalStateException("the rebuild stopped after event " + reached, e);
      } finally {
        session.clear();
      }
    }
    return true;
  }

  private TrackedEventMessage<?> next(long position) throws InterruptedException {
    if (!events.hasNextAvailable(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "no more events after %d, though there is one at %d".formatted(reached, position));
    }
    return events.nextAvailable();
  }

  private void handle(TrackedEventMessage<?> event) throws Exception {
    for (AnnotationEventHandlerAdapter projection : projections) {
      if (projection.canHandle(event)) {
        projection.handle(event);
      }
    }
    reached = Math.max(reached, event.trackingToken().position().orElseThrow());
  }

  /** The rows that are not the same on both sides, or on one side only. */
  List<Finding> differences() {
    List<Finding> found = new ArrayList<>();
    try {
      for (String table : tables) {
        differences(table, found);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot compare the rebuild", e);
    }
    return found;
  }

  private void differences(String table, List<Finding> found) throws SQLException {
    List<String> key = texts(PRIMARY_KEY.formatted(table));
    List<String> columns = texts(COLUMNS.formatted(table));
    String query =
        """
        SELECT '%s/' || concat_ws('/', %s) AS id, %s AS tenant_id, md5(%s || %s) AS mark,
          concat_ws(', ', %s) AS fields
        FROM public.%s live FULL JOIN pg_temp.%s made USING (%s)
        WHERE %s IS DISTINCT FROM %s
        ORDER BY 1
        """
            .formatted(
                table,
                String.join(", ", key),
                columns.contains("tenant_id")
                    ? "coalesce(live.tenant_id, made.tenant_id)"
                    : "NULL::text",
                row("live", columns),
                row("made", columns),
                columns.stream()
                    .map(
                        column ->
                            "CASE WHEN live.%s IS DISTINCT FROM made.%s THEN '%s' END"
                                .formatted(column, column, column))
                    .collect(Collectors.joining(", ")),
                table,
                table,
                String.join(", ", key),
                row("live", columns),
                row("made", columns));
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        LOG.warn(
            "{} differs from its rebuild in {}", rows.getString("id"), rows.getString("fields"));
        found.add(
            new Finding(
                rows.getString("id"),
                rows.getString("tenant_id"),
                null,
                null,
                rows.getString("mark")));
      }
    }
  }

  private static String row(String side, List<String> columns) {
    return columns.stream()
        .map(column -> side + "." + column)
        .collect(Collectors.joining(", ", "ROW(", ")::text"));
  }

  private List<String> viewTables() throws SQLException {
    return texts(
        """
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname LIKE 'view\\_%'
          AND relname NOT IN ("""
            + NO_VIEWS.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "))
            + ") ORDER BY relname");
  }

  private List<String> texts(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  private void execute(String statement) throws SQLException {
    try (Statement executed = connection.createStatement()) {
      executed.execute(statement);
    }
  }

  /** A projection, or what it is made of, all of which writes through the entity manager. */
  private static Object instance(Class<?> type, EntityManager rows, LegalEntity legalEntity) {
    Constructor<?> constructor = type.getConstructors()[0];
    Object[] arguments = new Object[constructor.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      Class<?> wanted = constructor.getParameterTypes()[i];
      arguments[i] =
          wanted == EntityManager.class
              ? rows
              : wanted == LegalEntity.class ? legalEntity : instance(wanted, rows, legalEntity);
    }
    try {
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made for a rebuild", e);
    }
  }

  @Override
  public void close() {
    events.close();
    try (connection) {
      session.close();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot end the rebuild", e);
    }
  }
}
