package io.billingledger.api.runs;

import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.kernel.RunId;
import io.billingledger.kernel.TenantId;
import io.billingledger.run.Run;
import io.billingledger.run.RunKind;
import io.billingledger.run.Runs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Renewals, dunning and reconciliation over all tenants. */
@RestController
@RequestMapping("/api/platform/runs")
@Tag(name = "Runs")
class RunController {
  private static final Paging FIRST_PAGE = new Paging(Paging.DEFAULT_LIMIT, Optional.empty());

  private final Runs runs;

  RunController(Runs runs) {
    this.runs = runs;
  }

  /**
   * @param asOf selects what is looked at, and dates nothing; after now in a dry run only
   * @param dryRun nothing is done; the report says what would be
   * @param tenantIds left out for everybody
   */
  record NewRun(
      Instant asOf,
      @NotNull Boolean dryRun,
      @Size(max = 10_000) List<@NotNull TenantId> tenantIds) {}

  @PostMapping("/renewals")
  @Operation(operationId = "runRenewals", summary = "Do everything that is due for subscriptions")
  ResponseEntity<RunBody> renewals(
      @Valid @RequestBody NewRun asked,
      Caller caller,
      HttpServletRequest request,
      @Now Instant at) {
    return ask(RunKind.RENEWALS, asked, caller, request, at);
  }

  @PostMapping("/dunning")
  @Operation(operationId = "runDunning", summary = "Take every step of dunning that is due")
  ResponseEntity<RunBody> dunning(
      @Valid @RequestBody NewRun asked,
      Caller caller,
      HttpServletRequest request,
      @Now Instant at) {
    return ask(RunKind.DUNNING, asked, caller, request, at);
  }

  @PostMapping("/reconciliation")
  @Operation(operationId = "runReconciliation", summary = "Hold every figure against its source")
  ResponseEntity<RunBody> reconciliation(
      @Valid @RequestBody NewRun asked,
      Caller caller,
      HttpServletRequest request,
      @Now Instant at) {
    return ask(RunKind.RECONCILIATION, asked, caller, request, at);
  }

  @GetMapping("/{id}")
  @Operation(operationId = "getRun", summary = "A run, how far it is, and a page of its report")
  RunBody get(@PathVariable RunId id, Paging paging) {
    return RunBody.of(runs.read(id), runs, paging);
  }

  @PostMapping("/{id}/stop")
  @Operation(operationId = "stopRun", summary = "Stop a run; what it did stays done")
  RunBody stop(@PathVariable RunId id, Caller caller, @Now Instant at) {
    return RunBody.of(runs.stop(id, caller.actor(), at), runs, FIRST_PAGE);
  }

  private ResponseEntity<RunBody> ask(
      RunKind kind, NewRun asked, Caller caller, HttpServletRequest request, Instant at) {
    Run run =
        runs.ask(
            id(request), kind, asked.asOf(), asked.dryRun(), asked.tenantIds(), caller.actor(), at);
    return ResponseEntity.accepted()
        .location(URI.create("/api/platform/runs/" + run.id()))
        .body(RunBody.of(run, runs, FIRST_PAGE));
  }

  /** A dry run takes no key, and is another one each time. */
  private static RunId id(HttpServletRequest request) {
    return request.getAttribute(CommandKey.class.getName()) instanceof CommandKey key
        ? key.derive(RunId::derive)
        : RunId.next();
  }
}
