package io.billingledger.api.finance;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.finance.JournalController.Side;
import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.journal.Account;
import io.billingledger.journal.AccountingCalendars;
import io.billingledger.journal.ManualEntryCommand.ApproveEntry;
import io.billingledger.journal.ManualEntryCommand.ProposeEntry;
import io.billingledger.journal.ManualEntryCommand.ProposeReversal;
import io.billingledger.journal.ManualEntryCommand.RejectEntry;
import io.billingledger.journal.ManualEntryEvent;
import io.billingledger.journal.ManualEntryRejection.EntryUnknown;
import io.billingledger.journal.ManualEntryState.Standing;
import io.billingledger.journal.ManualLine;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.ManualEntryId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.BillingProfiles;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.view.StreamView;
import io.billingledger.view.journal.ManualEntryProjection;
import io.billingledger.view.journal.ManualEntryRow;
import io.billingledger.wiring.InvoiceHistory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.persistence.EntityManager;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.joda.money.Money;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Entries that people make: one proposes, another one approves. */
@RestController
@RequestMapping("/api/finance/manual-entries")
@Tag(name = "Finance")
class ManualEntryController {
  /** For which books are kept in most countries. */
  private static final int YEARS_BACK = 10;

  private final Commands commands;
  private final AccountingCalendars calendars;
  private final BillingProfiles tenants;
  private final LegalEntity legalEntity;
  private final EventStore history;
  private final InvoiceHistory invoices;
  private final EntityManager entities;
  private final StreamView<ManualEntryEvent, ManualEntryRow> rows;

  ManualEntryController(
      Commands commands,
      AccountingCalendars calendars,
      BillingProfiles tenants,
      LegalEntity legalEntity,
      EventStore history,
      InvoiceHistory invoices,
      EntityManager entities) {
    this.commands = commands;
    this.calendars = calendars;
    this.tenants = tenants;
    this.legalEntity = legalEntity;
    this.history = history;
    this.invoices = invoices;
    this.entities = entities;
    this.rows = ManualEntryProjection.entries(entities);
  }

  /**
   * @param date the accounting day that is wanted
   * @param tenantId whom it concerns, if anybody; with an invoice, its tenant
   * @param invoiceId which invoice it is about, if any
   */
  record NewEntry(
      @NotNull LocalDate date,
      @NotBlank @Size(max = 1000) String reason,
      TenantId tenantId,
      InvoiceId invoiceId,
      @NotNull @Size(min = 2, max = 200) List<@NotNull @Valid Line> postings) {

    List<ManualLine> lines() {
      return IntStream.range(0, postings.size()).mapToObj(i -> postings.get(i).line(i)).toList();
    }
  }

  /**
   * @param detail which of the accounts of this kind, such as a tax, a product, a channel or an
   *     account of finance's own; left out where there is one
   * @param amount more than zero
   */
  record Line(
      @NotNull Account account,
      @Size(max = 100) String detail,
      @NotNull Side side,
      @NotNull Money amount) {

    ManualLine line(int place) {
      if (amount.isNegative()) {
        throw ProblemException.body(
            "/postings/%d/amount".formatted(place), "must not be negative: the side says which");
      }
      if (detail != null && detail.chars().anyMatch(Character::isISOControl)) {
        throw ProblemException.body("/postings/%d/detail".formatted(place), "must be one line");
      }
      return new ManualLine(
          account,
          detail == null ? "" : detail.strip(),
          side == Side.DEBIT ? amount : amount.negated());
    }

    static Line of(ManualLine line) {
      return new Line(
          line.account(),
          line.detail(),
          line.amount().isPositive() ? Side.DEBIT : Side.CREDIT,
          line.amount().abs());
    }
  }

  /**
   * @param date accounting day on which the entry is to be taken back
   */
  record Reversal(@NotNull LocalDate date, @NotBlank @Size(max = 1000) String reason) {}

  record Reason(@NotBlank @Size(max = 1000) String reason) {}

  /**
   * @param date the accounting day that is wanted
   * @param postedOn the one on which it is posted: later where the wanted one's month was closed
   * @param reverses the entry that it takes back
   * @param reversedBy the posted entry that takes this one back
   * @param decision why it was rejected
   */
  record Entry(
      String id,
      Standing status,
      String legalEntityId,
      String tenantId,
      String invoiceId,
      LocalDate date,
      LocalDate postedOn,
      String reason,
      String reverses,
      String reversedBy,
      List<Line> postings,
      String proposedBy,
      Instant proposedAt,
      String decidedBy,
      Instant decidedAt,
      String decision,
      long version) {

    static Entry of(ManualEntryRow row, String reversedBy) {
      return new Entry(
          row.id(),
          row.standing(),
          row.legalEntityId(),
          row.tenantId(),
          row.invoiceId(),
          row.wantedDate(),
          row.accountingDate(),
          row.reason(),
          row.reverses(),
          reversedBy,
          row.lines().stream().map(Line::of).toList(),
          row.proposedBy(),
          row.proposedAt(),
          row.decidedBy(),
          row.decidedAt(),
          row.decision(),
          row.version());
    }
  }

  @PostMapping
  @Operation(operationId = "proposeEntry", summary = "Propose an entry of the journal")
  ResponseEntity<Entry> propose(
      @Valid @RequestBody NewEntry asked, Caller caller, CommandKey key, @Now Instant now) {
    requireNear(asked.date(), now);
    TenantId tenant = concerned(asked);
    ManualEntryId id = key.derive(ManualEntryId::derive);
    commands.send(
        new ProposeEntry(
            id,
            legalEntity.id(),
            asked.date(),
            asked.lines(),
            asked.reason(),
            tenant,
            asked.invoiceId(),
            caller.actor().name(),
            now),
        caller.actor());
    return created(id);
  }

  @PostMapping("/{id}/reverse")
  @Operation(operationId = "proposeReversal", summary = "Propose to take a posted entry back")
  ResponseEntity<Entry> reverse(
      @PathVariable ManualEntryId id,
      @Valid @RequestBody Reversal asked,
      Caller caller,
      CommandKey key,
      @Now Instant now) {
    requireNear(asked.date(), now);
    ManualEntryId reversal = key.derive(ManualEntryId::derive);
    commands.send(
        new ProposeReversal(reversal, id, asked.date(), asked.reason(), caller.actor().name(), now),
        caller.actor());
    return created(reversal);
  }

  @PostMapping("/{id}/approve")
  @Operation(operationId = "approveEntry", summary = "Post an entry that somebody else proposed")
  Entry approve(@PathVariable ManualEntryId id, Caller caller, @Now Instant now) {
    current(id);
    commands.send(
        new ApproveEntry(id, calendars.held(legalEntity.id()).days(), caller.actor().name(), now),
        caller.actor());
    return current(id);
  }

  @PostMapping("/{id}/reject")
  @Operation(operationId = "rejectEntry", summary = "Do not post a proposed entry")
  Entry reject(
      @PathVariable ManualEntryId id,
      @Valid @RequestBody Reason why,
      Caller caller,
      @Now Instant now) {
    current(id);
    commands.send(new RejectEntry(id, why.reason(), caller.actor().name(), now), caller.actor());
    return current(id);
  }

  @GetMapping
  @Transactional(readOnly = true)
  @Operation(operationId = "listManualEntries", summary = "Entries that people made, newest first")
  public Page<Entry> list(@RequestParam(required = false) Standing status, Paging paging) {
    Map<String, Object> equal = new HashMap<>();
    equal.put("standing", status);
    Cursor from = paging.newestFirst();
    List<ManualEntryRow> found =
        rows.newestFirst(equal, from.position(), from.id(), paging.fetch());
    Map<String, String> back = reversals(found.stream().map(ManualEntryRow::id).toList());
    return paging
        .page(found, row -> new Cursor(row.createdPosition(), row.id()))
        .map(row -> Entry.of(row, back.get(row.id())));
  }

  @GetMapping("/{id}")
  @Transactional(readOnly = true)
  @Operation(operationId = "getManualEntry", summary = "An entry that a person made")
  public Entry get(@PathVariable ManualEntryId id) {
    return Entry.of(
        rows.find(id).orElseThrow(() -> new Rejected(new EntryUnknown(id))),
        reversals(List.of(id.value())).get(id.value()));
  }

  /** Books begin with their first entry, and each month since is closed: no slip of the pen. */
  private void requireNear(LocalDate date, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, legalEntity.zone());
    if (date.isBefore(today.minusYears(YEARS_BACK)) || date.isAfter(today.plusYears(1))) {
      throw ProblemException.body(
          "/date", "must be at most %d years ago and one year ahead".formatted(YEARS_BACK));
    }
  }

  private ResponseEntity<Entry> created(ManualEntryId id) {
    return ResponseEntity.created(URI.create("/api/finance/manual-entries/" + id))
        .body(current(id));
  }

  /** It was decided just now, so nothing takes it back yet. */
  private Entry current(ManualEntryId id) {
    return Entry.of(
        rows.current(id, history).orElseThrow(() -> new Rejected(new EntryUnknown(id))), null);
  }

  private Map<String, String> reversals(List<String> ids) {
    return ManualEntryProjection.reversals(entities, ids);
  }

  /** Null where it concerns no tenant. */
  private TenantId concerned(NewEntry asked) {
    if (asked.invoiceId() == null) {
      if (asked.tenantId() != null) {
        tenants.of(asked.tenantId());
      }
      return asked.tenantId();
    }
    TenantId tenant = invoices.issued(asked.invoiceId()).tenantId();
    if (asked.tenantId() != null && !asked.tenantId().equals(tenant)) {
      throw ProblemException.body("/tenant_id", "must be the invoice's, or left out");
    }
    return tenant;
  }
}
