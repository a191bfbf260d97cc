package io.billingledger.api.reconciliation;

import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.kernel.BreakId;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.Rejected;
import io.billingledger.reconciliation.BreakCommand.AssignBreak;
import io.billingledger.reconciliation.BreakCommand.ExplainBreak;
import io.billingledger.reconciliation.BreakCommand.ResolveBreak;
import io.billingledger.reconciliation.BreakRejection.BreakUnknown;
import io.billingledger.run.Breaks;
import io.billingledger.run.Breaks.BreakRow;
import io.billingledger.run.Breaks.Invariant;
import io.billingledger.run.Breaks.Status;
import io.billingledger.run.CheckStatus;
import io.billingledger.run.ContinuousReconciliation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reconciliation as it stands: the invariants, their breaks, and what people say about them. */
@RestController
@RequestMapping("/api/finance/reconciliation")
@Tag(name = "Finance")
class ReconciliationController {
  private final Breaks breaks;
  private final ContinuousReconciliation continuous;
  private final Commands commands;

  ReconciliationController(Breaks breaks, ContinuousReconciliation continuous, Commands commands) {
    this.breaks = breaks;
    this.continuous = continuous;
    this.commands = commands;
  }

  /**
   * @param status BROKEN when any invariant is
   */
  record Standing(CheckStatus status, List<InvariantResource> invariants) {}

  /**
   * @param since when it became what it is
   * @param evaluatedAt when it was looked at, perhaps only where something had happened
   * @param sweptAt when everybody was looked at
   * @param ageSeconds how long ago it was looked at
   */
  record InvariantResource(
      String name,
      CheckStatus status,
      int count,
      Map<String, String> amounts,
      Instant since,
      Instant evaluatedAt,
      Instant sweptAt,
      long ageSeconds) {

    static InvariantResource of(Invariant row, Instant now) {
      return new InvariantResource(
          row.name(),
          row.status(),
          row.count(),
          row.amounts(),
          row.since(),
          row.evaluatedAt(),
          row.sweptAt(),
          Duration.between(row.evaluatedAt(), now).toSeconds());
    }
  }

  record Owner(@NotBlank @Size(max = 200) String owner) {}

  record Explanation(@NotBlank @Size(max = 2000) String explanation) {}

  /** What was said, before the view knows it. */
  record Said(BreakId id, String owner, Status status, String explanation, String by, Instant at) {}

  @GetMapping
  @Transactional(readOnly = true)
  @Operation(
      operationId = "getReconciliation",
      summary = "Every invariant as it was found last; answered from what is kept")
  public Standing get(@Now Instant now) {
    List<InvariantResource> all =
        breaks.invariants().stream().map(row -> InvariantResource.of(row, now)).toList();
    boolean broken = all.stream().anyMatch(each -> each.status() == CheckStatus.BROKEN);
    return new Standing(broken ? CheckStatus.BROKEN : CheckStatus.OK, all);
  }

  @GetMapping("/breaks")
  @Transactional(readOnly = true)
  @Operation(operationId = "listBreaks", summary = "What does not agree, or did not, newest first")
  public Page<BreakRow> list(
      @RequestParam(required = false) String invariant,
      @RequestParam(required = false) Status status,
      @RequestParam(required = false) String owner,
      Paging paging) {
    return paging.page(
        breaks.list(invariant, status, owner, paging.newestFirst().position(), paging.fetch()),
        row -> new Cursor(row.number(), row.id()));
  }

  @GetMapping("/breaks/{id}")
  @Transactional(readOnly = true)
  @Operation(operationId = "getBreak", summary = "What does not agree, and what was said about it")
  public BreakRow one(@PathVariable BreakId id) {
    return breaks.find(id).orElseThrow(() -> new Rejected(new BreakUnknown(id)));
  }

  @PostMapping("/breaks/{id}/assign")
  @Operation(operationId = "assignBreak", summary = "Say who looks after a break")
  Said assign(
      @PathVariable BreakId id, @Valid @RequestBody Owner asked, Caller caller, @Now Instant now) {
    BreakRow row = one(id);
    commands.send(new AssignBreak(id, asked.owner(), caller.actor().name(), now), caller.actor());
    return new Said(id, asked.owner(), row.status(), row.explanation(), row.saidBy(), row.saidAt());
  }

  @PostMapping("/breaks/{id}/explain")
  @Operation(operationId = "explainBreak", summary = "Say why a break is there, and may stay")
  Said explain(
      @PathVariable BreakId id,
      @Valid @RequestBody Explanation asked,
      Caller caller,
      @Now Instant now) {
    BreakRow row = one(id);
    commands.send(
        new ExplainBreak(id, asked.explanation(), caller.actor().name(), now), caller.actor());
    return new Said(
        id, row.owner(), Status.EXPLAINED, asked.explanation(), caller.actor().name(), now);
  }

  @PostMapping("/breaks/{id}/resolve")
  @Operation(
      operationId = "resolveBreak",
      summary = "Say what was done about a break; it closes when it is not found any more")
  Said resolve(
      @PathVariable BreakId id,
      @Valid @RequestBody Explanation asked,
      Caller caller,
      @Now Instant now) {
    BreakRow row = one(id);
    commands.send(
        new ResolveBreak(id, asked.explanation(), caller.actor().name(), now), caller.actor());
    return new Said(
        id, row.owner(), Status.RESOLVED, asked.explanation(), caller.actor().name(), now);
  }

  /** Looks without an effect on the ledger itself. */
  @PostMapping("/evaluate")
  @Operation(
      operationId = "evaluateReconciliation",
      summary = "Look at every invariant now, for everybody")
  public Standing evaluate(@Now Instant now) {
    continuous.evaluate();
    return get(now);
  }
}
