package io.billingledger.metering;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PriceBook;
import io.billingledger.invoice.BilledUsage;
import io.billingledger.invoice.InvoiceCommand.CreditUsage;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceState.Issued;
import io.billingledger.invoice.UsageRebill;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.metering.UsageSpans.Recount;
import io.billingledger.rating.UsageReading;
import io.billingledger.rating.UsageSpan;
import io.billingledger.subscription.SubscriptionCommand.RebillUsage;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.time.LocalDays;
import io.billingledger.wiring.DueWork;
import io.billingledger.wiring.InvoiceHistory;
import io.billingledger.wiring.Repeated;
import io.billingledger.wiring.Repeating;
import io.billingledger.wiring.UnitsOfWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Counts closed spans again for which usage came late that is to be credited and billed again, once
 * a span and local day of the tenant: what charged it is taken back and, unless nothing is left,
 * another invoice charges it. A span is done in one unit of work: the cut-off, the credit notes,
 * the invoice and that nothing is due any more stand or fall together. Everything it knows is in
 * the database, and several share the work.
 */
public final class UsageRebilling implements Repeated, DueWork {
  private static final Logger LOG = LoggerFactory.getLogger(UsageRebilling.class);
  private static final Actor ACTOR = Actor.system("usage");
  private static final int NAMED = 5;

  private final JdbcTemplate database;
  private final UsageSpans spans;
  private final StoredQuantities quantities;
  private final EventStore store;
  private final InvoiceHistory invoices;
  private final PriceBook prices;
  private final Commands commands;
  private final UnitsOfWork units;
  private final Clock clock;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Repeating repeating;

  /**
   * @param pause between two looks for what is due; zero where something else drives it
   */
  public UsageRebilling(
      JdbcTemplate database,
      UsageSpans spans,
      StoredQuantities quantities,
      EventStore store,
      InvoiceHistory invoices,
      PriceBook prices,
      Commands commands,
      UnitsOfWork units,
      Clock clock,
      Duration pause) {
    this.database = database;
    this.spans = spans;
    this.quantities = quantities;
    this.store = store;
    this.invoices = invoices;
    this.prices = prices;
    this.commands = commands;
    this.units = units;
    this.clock = clock;
    this.repeating =
        new Repeating(
            "usage-rebilling",
            pause,
            this::runDue,
            failure -> LOG.warn("late usage waits to be billed: {}", failure.toString()));
  }

  private record Due(TenantId tenant, SubscriptionId subscription, Instant to) {}

  /** What was asked for to bill a span. */
  private record Asked(InvoiceId invoice, UsedPeriod used) {}

  /** One that was issued and is not void. */
  private record Standing(InvoiceIssued document, Issued state) {}

  /**
   * Counts again what is due by now.
   *
   * @return how many spans
   */
  public int rebillDue() {
    int done = 0;
    for (Due due : Scope.allTenants(() -> units.perform(this::due))) {
      try {
        done += Scope.allTenants(() -> units.perform(() -> rebill(due))) ? 1 : 0;
      } catch (RuntimeException | Error e) {
        LOG.error("late usage of {} to {} waits to be billed", due.subscription(), due.to(), e);
      }
    }
    return done;
  }

  private List<Due> due() {
    return database.query(
        "SELECT tenant_id, subscription_id, to_at FROM usage_rebill_due"
            + " WHERE due_at <= ?::timestamptz ORDER BY due_at, subscription_id, to_at",
        (row, _) ->
            new Due(
                new TenantId(row.getString(1)),
                new SubscriptionId(row.getString(2)),
                UsageRows.instant(row, "to_at")),
        clock.instant().toString());
  }

  private boolean rebill(Due due) {
    if (database
        .queryForList(
            "SELECT 1 FROM usage_rebill_due WHERE subscription_id = ? AND to_at = ?::timestamptz"
                + " FOR UPDATE SKIP LOCKED",
            due.subscription().value(),
            due.to().toString())
        .isEmpty()) {
      return false;
    }
    Instant at = clock.instant();
    Recount recount = spans.nextRecount(due.tenant(), due.subscription(), due.to(), at);
    List<Asked> asked = asked(due);
    UsedPeriod first =
        asked.stream()
            .map(Asked::used)
            .filter(used -> used.again() == null)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "nothing billed %s to %s".formatted(due.subscription(), due.to())));
    List<Standing> standing = asked.stream().flatMap(each -> standing(each).stream()).toList();
    ZoneId zone = zone(asked);
    PlanSnapshot plan = prices.version(first.planCode(), first.planVersion());
    UsageSpan span = BilledUsage.span(due.tenant(), due.subscription(), first, plan, zone);
    UsageReading now = quantities.again(span, recount);
    List<String> changed = UsageRebill.changed(before(span, recount), now);
    UsedPeriod used = UsageRebill.used(first, recount.round(), plan.terms(), changed);
    // What was waived stays free, and what was written off stays so.
    boolean billed =
        !changed.isEmpty()
            && !standing.isEmpty()
            && standing.stream()
                .allMatch(each -> each.state().canTakeBack(due.subscription(), used));
    spans.record(span, recount, billed ? changed : List.of());
    database.update(
        "DELETE FROM usage_rebill_due WHERE subscription_id = ? AND to_at = ?::timestamptz",
        due.subscription().value(),
        due.to().toString());
    if (billed) {
      bill(due, first, recount, plan, changed, now, standing);
    }
    return true;
  }

  private void bill(
      Due due,
      UsedPeriod first,
      Recount recount,
      PlanSnapshot plan,
      List<String> changed,
      UsageReading now,
      List<Standing> standing) {
    UsedPeriod used = UsageRebill.used(first, recount.round(), plan.terms(), changed);
    List<Standing> charging =
        standing.stream().filter(each -> each.state().charges(due.subscription(), used)).toList();
    UsageRebill rebill =
        UsageRebill.of(
            due.subscription(),
            first,
            recount.round(),
            plan,
            changed,
            now,
            (charging.isEmpty() ? standing : charging).stream().map(Standing::document).toList());
    String reason = reason(due, recount);
    for (Standing each : charging) {
      commands.send(
          new CreditUsage(
              each.state().invoiceId(), due.subscription(), rebill.used(), reason, recount.at()),
          ACTOR);
    }
    if (rebill.charges()) {
      Optional<CycleInvoiceRequested> wanted =
          commands.send(
              new RebillUsage(due.subscription(), rebill.used(), rebill.coupons(), recount.at()),
              ACTOR);
      // The saga, which does the same later, then finds it issued; that of an ended one is over.
      wanted.ifPresent(invoice -> commands.send(IssueInvoice.of(invoice, recount.at()), ACTOR));
    }
  }

  private UsageReading before(UsageSpan span, Recount recount) {
    return recount.round() == 1
        ? quantities.again(span)
        : quantities.again(span, recount.round() - 1);
  }

  /** The invoices that were asked for to bill the span, in that order. */
  private List<Asked> asked(Due due) {
    Map<InvoiceId, Asked> asked = new LinkedHashMap<>();
    for (var events = store.readEvents(due.subscription().value()); events.hasNext(); ) {
      if (events.next().getPayload() instanceof CycleInvoiceRequested wanted) {
        for (UsedPeriod used : wanted.usage()) {
          if (invoices.of(wanted.invoiceId()) instanceof Issued
              && LocalDays.startOf(used.period().end(), invoices.issued(wanted.invoiceId()).zone())
                  .equals(due.to())) {
            asked.put(wanted.invoiceId(), new Asked(wanted.invoiceId(), used));
          }
        }
      }
    }
    return new ArrayList<>(asked.values());
  }

  private ZoneId zone(List<Asked> asked) {
    return invoices.issued(asked.getFirst().invoice()).zone();
  }

  private Optional<Standing> standing(Asked asked) {
    return invoices.of(asked.invoice()) instanceof Issued state && !state.voided()
        ? Optional.of(new Standing(invoices.issued(asked.invoice()), state))
        : Optional.empty();
  }

  /** Names the records that came late. */
  private String reason(Due due, Recount recount) {
    long counted =
        recount.round() == 1
            ? 0
            : spans
                .recount(due.subscription(), due.to(), recount.round() - 1)
                .map(Recount::cutOff)
                .orElse(0L);
    List<String> records =
        database.queryForList(
            "SELECT id FROM usage_fact WHERE tenant_id = ? AND subscription_id = ?"
                + " AND rebill_to = ?::timestamptz AND position >= ? AND position < ?"
                + " ORDER BY position",
            String.class,
            due.tenant().value(),
            due.subscription().value(),
            due.to().toString(),
            counted,
            recount.cutOff());
    int more = records.size() - NAMED;
    return "Usage came late and is billed again: "
        + String.join(", ", records.subList(0, Math.min(NAMED, records.size())))
        + (more > 0 ? " and %d more".formatted(more) : "");
  }

  @Override
  public Optional<Instant> nextDue() {
    return Scope.allTenants(
        () ->
            units.perform(
                () ->
                    Optional.ofNullable(
                            database.queryForObject(
                                "SELECT min(due_at) FROM usage_rebill_due", OffsetDateTime.class))
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
      rebillDue();
    } finally {
      inFlight.decrementAndGet();
    }
  }

  @Override
  public Repeating repeating() {
    return repeating;
  }
}
