package io.billingledger.api.catalog;

import io.billingledger.api.catalog.PlanRequest.NewPlan;
import io.billingledger.api.catalog.PlanRequest.NewVersion;
import io.billingledger.api.error.ProblemException;
import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.ExpectedVersion;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.catalog.CatalogCommand.PublishPlan;
import io.billingledger.catalog.CatalogCommand.PublishPlanVersion;
import io.billingledger.catalog.CatalogCommand.RetirePlan;
import io.billingledger.catalog.CatalogEvent.PlanEvent;
import io.billingledger.kernel.Claims;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.PlanId;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.time.LocalDays;
import io.billingledger.view.StreamView;
import io.billingledger.view.catalog.CatalogProjection;
import io.billingledger.view.catalog.PlanRow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.persistence.EntityManager;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Plans and their versions. A plan is answered as it is in force today on the platform. */
@RestController
@Tag(name = "Catalogue")
class PlanController {
  private final Commands commands;
  private final EventStore history;
  private final Claims claims;
  private final LegalEntity platform;
  private final EntityManager rows;
  private final StreamView<PlanEvent, PlanRow> plans;

  PlanController(
      Commands commands,
      EventStore history,
      Claims claims,
      LegalEntity platform,
      EntityManager rows) {
    this.commands = commands;
    this.history = history;
    this.claims = claims;
    this.platform = platform;
    this.rows = rows;
    this.plans = CatalogProjection.plans(rows);
  }

  @PostMapping("/api/platform/plans")
  @Operation(operationId = "createPlan", summary = "Publish a plan with its first version")
  ResponseEntity<PlanResource> create(
      @Valid @RequestBody NewPlan asked, Caller caller, CommandKey key, @Now Instant at) {
    PlanId id = key.derive(PlanId::derive);
    commands.send(
        new PublishPlan(
            id,
            asked.code(),
            asked.productCode(),
            asked.name(),
            asked.description(),
            asked.displayOrder() == null ? 0 : asked.displayOrder(),
            asked.terms(today(at)),
            at),
        caller.actor());
    return ResponseEntity.created(URI.create("/api/platform/plans/" + asked.code()))
        .body(latest(id));
  }

  @PostMapping("/api/platform/plans/{code}/versions")
  @Operation(
      operationId = "createPlanVersion",
      summary = "Publish another version; what is left out stays as it was")
  ResponseEntity<PlanResource> publish(
      @PathVariable String code,
      @Valid @RequestBody NewVersion asked,
      ExpectedVersion expected,
      Caller caller,
      @Now Instant at) {
    PlanId id = id(code);
    PlanRow before = plans.current(id, history).orElseThrow(() -> notFound(code));
    LocalDate today = today(at);
    commands.send(
        new PublishPlanVersion(
            id, asked.terms(before.versions().getLast(), today), today, expected.orNull(), at),
        caller.actor());
    return ResponseEntity.created(URI.create("/api/platform/plans/" + code)).body(latest(id));
  }

  @PostMapping("/api/platform/plans/{code}/retire")
  @Operation(operationId = "retirePlan", summary = "Sell the plan no more; it still renews")
  PlanResource retire(
      @PathVariable String code, ExpectedVersion expected, Caller caller, @Now Instant at) {
    PlanId id = id(code);
    commands.send(new RetirePlan(id, expected.orNull(), at), caller.actor());
    return inForce(plans.current(id, history).orElseThrow(), at);
  }

  @GetMapping("/api/platform/plans/{code}")
  @Transactional(readOnly = true)
  @Operation(operationId = "getPlan", summary = "A plan as it is in force today")
  public PlanResource get(@PathVariable String code, @Now Instant at) {
    return rows.createQuery("select p from PlanRow p where p.code = :code", PlanRow.class)
        .setParameter("code", code)
        .getResultStream()
        .findFirst()
        .map(row -> inForce(row, at))
        .orElseThrow(() -> notFound(code));
  }

  @GetMapping("/api/platform/plans")
  @Transactional(readOnly = true)
  @Operation(operationId = "listPlans", summary = "Plans in the order in which they are displayed")
  public Page<PlanResource> list(
      @RequestParam(name = "product_code", required = false) String productCode,
      @RequestParam(required = false) Boolean active,
      Paging paging,
      @Now Instant at) {
    return find(productCode, active, paging, at);
  }

  @GetMapping("/api/subscriptions/plans")
  @Transactional(readOnly = true)
  @Operation(operationId = "listPlansOnOffer", summary = "The plans that can be subscribed to")
  public Page<PlanResource> onOffer(
      @RequestParam(name = "product", required = false) String product,
      Paging paging,
      @Now Instant at) {
    return find(product, true, paging, at);
  }

  private Page<PlanResource> find(String productCode, Boolean active, Paging paging, Instant at) {
    Cursor from = paging.oldestFirst();
    var query =
        rows.createQuery(
                "select p from PlanRow p where"
                    + (productCode == null ? "" : " p.productCode = :product and")
                    + (active == null ? "" : " p.active = :active and")
                    + " (p.displayOrder > :order or p.displayOrder = :order and p.code > :code)"
                    + " order by p.displayOrder, p.code",
                PlanRow.class)
            .setParameter("order", Math.toIntExact(Math.min(from.position(), Integer.MAX_VALUE)))
            .setParameter("code", from.id())
            .setMaxResults(paging.fetch());
    if (productCode != null) {
      query.setParameter("product", productCode);
    }
    if (active != null) {
      query.setParameter("active", active);
    }
    return paging
        .page(query.getResultList(), row -> new Cursor(row.displayOrder(), row.code()))
        .map(row -> inForce(row, at));
  }

  private PlanResource inForce(PlanRow row, Instant at) {
    return PlanResource.of(row, row.inForce(today(at)));
  }

  /** With the terms that were just published, also when they hold from a later day on. */
  private PlanResource latest(PlanId id) {
    PlanRow row = plans.current(id, history).orElseThrow();
    return PlanResource.of(row, row.versions().getLast());
  }

  private PlanId id(String code) {
    return claims
        .holder(Claims.Kind.PLAN_CODE, code)
        .map(PlanId::new)
        .orElseThrow(() -> notFound(code));
  }

  private LocalDate today(Instant at) {
    return LocalDays.dateOf(at, platform.zone());
  }

  private static ProblemException notFound(String code) {
    return new ProblemException(
        HttpStatus.NOT_FOUND,
        "plan.not-found",
        "There is no plan with the code %s.".formatted(code));
  }
}
