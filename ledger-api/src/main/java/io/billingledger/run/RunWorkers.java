package io.billingledger.run;

import io.billingledger.kernel.Commands;
import io.billingledger.tenant.BillingProfiles;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.wiring.Quiet;
import io.billingledger.wiring.ReadAhead;
import io.billingledger.wiring.StagedEvents;
import io.billingledger.wiring.UnitsOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.hibernate.SessionFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts a worker together. */
public record RunWorkers(
    Runs runs, UnitsOfWork units, DataSource database, Clock clock, int threads) {

  /** A connection outside the pool: what it leaves behind goes with it. */
  @FunctionalInterface
  public interface Connections {
    Connection open() throws SQLException;
  }

  /** What a reconciliation needs. */
  public record Views(
      JdbcTemplate database,
      TransactionTemplate reading,
      TransactionTemplate writing,
      Quiet quiet,
      ClosedMonths closed,
      Breaks breaks,
      BreakHistory told,
      Connections connections,
      SessionFactory sessions,
      Supplier<List<Class<?>>> projections,
      LegalEntity legalEntity,
      Supplier<ParameterResolverFactory> parameters) {}

  public RunWorker worker(
      Commands commands,
      StagedEvents staged,
      ReadAhead ahead,
      BillingProfiles profiles,
      EventStore history,
      Views views) {
    Supplier<Rebuild> rebuilds =
        () -> {
          try {
            return new Rebuild(
                views.connections().open(),
                views.sessions(),
                views.projections().get(),
                views.legalEntity(),
                views.parameters().get(),
                history);
          } catch (SQLException e) {
            throw new IllegalStateException("no connection for a rebuild", e);
          }
        };
    return new RunWorker(
        runs,
        Map.of(
            RunKind.RENEWALS, new RenewalWork(commands, staged, ahead, profiles),
            RunKind.DUNNING, new DunningWork(commands, staged, history)),
        new Reconciliation(
            runs,
            views.database(),
            views.reading(),
            views.quiet(),
            views.closed(),
            views.breaks(),
            views.told(),
            clock,
            new UsageCounts(views.database(), views.writing()),
            rebuilds),
        units,
        database,
        clock,
        threads);
  }

  public static ContinuousReconciliation continuous(
      JdbcTemplate database,
      TransactionTemplate reading,
      TransactionTemplate writing,
      Breaks breaks,
      BreakHistory history,
      Quiet quiet,
      Clock clock,
      ContinuousReconciliation.Pace pace) {
    return new ContinuousReconciliation(
        new Asking(database, reading),
        new Changed(database, reading),
        new UsageCounts(database, writing),
        breaks,
        history,
        quiet,
        clock,
        pace);
  }
}
