package io.billingledger.api.usage;

import io.billingledger.api.error.Problem;
import io.billingledger.api.error.ProblemException;
import io.billingledger.api.error.Problems;
import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.api.usage.UsageQueries.Filter;
import io.billingledger.api.usage.UsageQueries.Metric;
import io.billingledger.api.usage.UsageQueries.Piece;
import io.billingledger.api.usage.UsageReader.Wrong;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Rejection;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.UsageId;
import io.billingledger.metering.UsageCorrections;
import io.billingledger.metering.UsageIntake;
import io.billingledger.metering.UsageIntake.Outcome;
import io.billingledger.metering.UsageStore;
import io.billingledger.tenant.BillingProfiles;
import io.billingledger.usage.ReportedUsage;
import io.billingledger.usage.UsageRecord;
import io.billingledger.usage.UsageRejection.UsageUnknown;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** A tenant's usage: reported, found, summed up, corrected. */
@RestController
@RequestMapping("/api/usage")
@Tag(name = "Usage")
class UsageController {
  private static final Set<String> UNITS = Set.of("hour", "day", "month");
  private static final int MOST_PIECES = 5000;

  private final UsageIntake intake;
  private final UsageStore store;
  private final UsageCorrections corrections;
  private final UsageQueries queries;
  private final BillingProfiles tenants;

  UsageController(
      UsageIntake intake,
      UsageStore store,
      UsageCorrections corrections,
      UsageQueries queries,
      BillingProfiles tenants) {
    this.intake = intake;
    this.store = store;
    this.corrections = corrections;
    this.queries = queries;
    this.tenants = tenants;
  }

  /**
   * @param status accepted, or duplicate where the same fact was there already
   */
  record Reported(UsageResult.Status status, UsageResource usage) {}

  @PostMapping
  @Operation(
      operationId = "reportUsage",
      summary = "Report usage; no limit refuses it",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = UsageShape.class))))
  ResponseEntity<Reported> report(
      @RequestBody JsonNode body, Caller caller, CommandKey key, @Now Instant now) {
    ReportedUsage reported = read(body, key.key());
    return switch (intake.takeOne(caller.tenantId(), reported, now, caller.actor())) {
      case Outcome.Accepted accepted ->
          ResponseEntity.created(URI.create("/api/usage/" + accepted.id()))
              .body(new Reported(UsageResult.Status.ACCEPTED, made(accepted.usage(), caller)));
      case Outcome.Duplicate duplicate ->
          ResponseEntity.ok(
              new Reported(
                  UsageResult.Status.DUPLICATE, queries.get(caller.tenantId(), duplicate.id())));
      case Outcome.Refused refused -> throw refusal(refused.why());
    };
  }

  @GetMapping
  @Operation(operationId = "listUsage", summary = "Records of usage, the latest accepted first")
  Page<UsageResource> list(
      @RequestParam(required = false) String metric,
      @RequestParam(name = "subscription_id", required = false) SubscriptionId subscription,
      @RequestParam(required = false) Instant from,
      @RequestParam(required = false) Instant to,
      Paging paging,
      Caller caller) {
    return queries.list(new Filter(caller.tenantId(), metric, subscription, from, to), paging);
  }

  /**
   * @param by hour, day or month
   * @param zone whose hours, days and months these are
   */
  record Summary(String metric, String by, ZoneId zone, List<Piece> data) {}

  @GetMapping("/summary")
  @Operation(
      operationId = "summarizeUsage",
      summary = "What was used of a metric by the hour, day or month of the tenant's zone")
  Summary summary(
      @RequestParam String metric,
      @RequestParam Instant from,
      @RequestParam Instant to,
      @RequestParam(defaultValue = "day") String by,
      @RequestParam(name = "subscription_id", required = false) SubscriptionId subscription,
      Caller caller) {
    if (!UNITS.contains(by)) {
      throw ProblemException.parameter("by", "must be one of hour, day, month");
    }
    if (!from.isBefore(to)) {
      throw ProblemException.parameter("to", "must be after from");
    }
    ZoneId zone = tenants.of(caller.tenantId()).zone();
    List<Piece> pieces =
        queries.sums(
            new Filter(caller.tenantId(), metric, subscription, from, to),
            by,
            zone,
            MOST_PIECES + 1);
    if (pieces.size() > MOST_PIECES) {
      throw ProblemException.parameter(
          "by", "gives more than %d pieces; ask for less time".formatted(MOST_PIECES));
    }
    return new Summary(metric, by, zone, pieces);
  }

  record Metrics(List<Metric> data) {}

  @GetMapping("/metrics")
  @Operation(
      operationId = "listUsageMetrics",
      summary = "The metrics that are charged for or were reported")
  Metrics metrics(Caller caller) {
    return new Metrics(queries.metrics(caller.tenantId()));
  }

  @GetMapping("/{id}")
  @Operation(operationId = "getUsage", summary = "A record of usage and what became of it")
  UsageResource get(@PathVariable UsageId id, Caller caller) {
    return queries.get(caller.tenantId(), id);
  }

  @PostMapping("/{id}/reverse")
  @Operation(operationId = "reverseUsage", summary = "Take a record of usage back, once")
  UsageResource reverse(@PathVariable UsageId id, Caller caller, CommandKey key, @Now Instant now) {
    return made(corrections.reverse(caller.tenantId(), id, key.key(), now, caller.actor()), caller);
  }

  @PostMapping("/{id}/replace")
  @Operation(
      operationId = "replaceUsage",
      summary = "Put another record in the place of one; what is left out stays as it was",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = UsageShape.class))))
  UsageResource replace(
      @PathVariable UsageId id,
      @RequestBody JsonNode body,
      Caller caller,
      CommandKey key,
      @Now Instant now) {
    UsageRecord before =
        store
            .find(caller.tenantId(), id)
            .map(UsageStore.Found::usage)
            .orElseThrow(() -> new Rejected(new UsageUnknown(id)));
    ReportedUsage instead = read(UsageShapes.over(before, body), key.key());
    return made(
        corrections.replace(
            caller.tenantId(), id, key.key() + " reversal", instead, now, caller.actor()),
        caller);
  }

  /** As it is known in this transaction. */
  private UsageResource made(UsageRecord usage, Caller caller) {
    return queries.get(caller.tenantId(), usage.id());
  }

  static ReportedUsage read(JsonNode body, String key) {
    try {
      return UsageReader.read(body, key);
    } catch (Wrong wrong) {
      throw ProblemException.body(wrong.pointer(), wrong.getMessage());
    }
  }

  /** The refusal as a problem that names the field. */
  static ProblemException refusal(Rejection why) {
    ProblemException plain = Problems.of(why);
    HttpStatus status = plain.status();
    return new ProblemException(
        status,
        why.code(),
        why.detail(),
        List.of(Problem.Field.body(UsageBatch.pointer(why), why.detail())));
  }
}
