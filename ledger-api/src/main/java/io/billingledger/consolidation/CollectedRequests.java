package io.billingledger.consolidation;

import io.billingledger.invoice.Consolidations;
import io.billingledger.invoice.InvoiceCommand.IssueConsolidated;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.serialization.LedgerJson;
import io.billingledger.subscription.SubscriptionCommand.ReplaceCycleInvoice;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.wiring.DueWork;
import io.billingledger.wiring.Repeated;
import io.billingledger.wiring.Repeating;
import io.billingledger.wiring.UnitsOfWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * The requests that wait, in the database, and the work that issues their invoices some time after
 * the first of them came. An invoice is done in one unit of work: that it is issued and that
 * nothing waits for it any more stand or fall together. Several share the work.
 *
 * <p>A subscription that comes for an invoice that is issued already gets one of its own.
 */
public final class CollectedRequests implements Consolidations, Repeated, DueWork {
  private static final Logger LOG = LoggerFactory.getLogger(CollectedRequests.class);
  private static final Actor ACTOR = Actor.system("consolidation");
  private static final JsonMapper JSON = LedgerJson.mapper();

  /** Whoever asked first, the lines stand in the same order. */
  private static final Comparator<CycleInvoiceRequested> BY_PLAN =
      Comparator.comparing(CycleInvoiceRequested::planCode)
          .thenComparing(request -> request.subscriptionId().value());

  private final JdbcTemplate database;
  private final Commands commands;
  private final UnitsOfWork units;
  private final Clock clock;
  private final Duration window;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Repeating repeating;

  /**
   * @param window from the first request to the issue
   * @param pause between two looks for what is due; zero where something else drives it
   */
  public CollectedRequests(
      JdbcTemplate database,
      Commands commands,
      UnitsOfWork units,
      Clock clock,
      Duration window,
      Duration pause) {
    this.database = database;
    this.commands = commands;
    this.units = units;
    this.clock = clock;
    this.window = window;
    this.repeating =
        new Repeating(
            "consolidation",
            pause,
            this::runDue,
            failure -> LOG.warn("consolidated invoices wait: {}", failure.toString()));
  }

  private record Due(InvoiceId invoice, TenantId tenant) {}

  @Override
  public void add(CycleInvoiceRequested wanted) {
    database.update(
        """
        INSERT INTO consolidation_request (invoice_id, subscription_id, tenant_id, request, due_at)
        SELECT ?, ?, ?, ?, coalesce(
          (SELECT min(due_at) FROM consolidation_request WHERE invoice_id = ?), ?::timestamptz)
        ON CONFLICT DO NOTHING""",
        wanted.invoiceId().value(),
        wanted.subscriptionId().value(),
        wanted.tenantId().value(),
        JSON.writeValueAsString(wanted),
        wanted.invoiceId().value(),
        clock.instant().plus(window).toString());
  }

  @Override
  public boolean remove(InvoiceId invoice, SubscriptionId subscription) {
    return database.update(
            "DELETE FROM consolidation_request WHERE invoice_id = ? AND subscription_id = ?",
            invoice.value(),
            subscription.value())
        > 0;
  }

  private List<Due> due() {
    return database.query(
        "SELECT DISTINCT invoice_id, tenant_id FROM consolidation_request"
            + " WHERE due_at <= ?::timestamptz ORDER BY invoice_id",
        (row, _) -> new Due(new InvoiceId(row.getString(1)), new TenantId(row.getString(2))),
        clock.instant().toString());
  }

  private void issue(Due due) {
    List<CycleInvoiceRequested> wanted =
        database
            .query(
                "SELECT request FROM consolidation_request WHERE invoice_id = ?"
                    + " FOR UPDATE SKIP LOCKED",
                (row, _) -> JSON.readValue(row.getString(1), CycleInvoiceRequested.class),
                due.invoice().value())
            .stream()
            .sorted(BY_PLAN)
            .toList();
    if (wanted.isEmpty()) {
      return;
    }
    Instant at = clock.instant();
    List<IssueInvoice> late =
        commands.send(
            new IssueConsolidated(
                due.invoice(),
                due.tenant(),
                wanted.stream().map(each -> IssueInvoice.of(each, at)).toList(),
                at),
            ACTOR);
    for (IssueInvoice each : late) {
      commands.send(new ReplaceCycleInvoice(each.subscriptionId(), due.invoice(), at), ACTOR);
    }
    wanted.forEach(each -> remove(due.invoice(), each.subscriptionId()));
  }

  @Override
  public Optional<Instant> nextDue() {
    return Scope.allTenants(
        () ->
            units.perform(
                () ->
                    Optional.ofNullable(
                            database.queryForObject(
                                "SELECT min(due_at) FROM consolidation_request",
                                OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)));
  }

  @Override
  public boolean busy() {
    return inFlight.get() > 0;
  }

  @Override
  public void runDue() {
    inFlight.incrementAndGet();
    try {
      for (Due due : Scope.allTenants(() -> units.perform(this::due))) {
        try {
          Scope.tenant(
              due.tenant(),
              () ->
                  units.perform(
                      () -> {
                        issue(due);
                        return null;
                      }));
        } catch (RuntimeException | Error e) {
          LOG.error("the consolidated invoice {} of {} waits", due.invoice(), due.tenant(), e);
        }
      }
    } finally {
      inFlight.decrementAndGet();
    }
  }

  @Override
  public Repeating repeating() {
    return repeating;
  }
}
