package io.billingledger.api.catalog;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.ExpectedVersion;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.idempotency.Versioned;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.catalog.CatalogCommand.CreateCoupon;
import io.billingledger.catalog.CatalogCommand.RetireCoupon;
import io.billingledger.catalog.CatalogEvent.CouponEvent;
import io.billingledger.catalog.CatalogRejection.CouponCodeUnknown;
import io.billingledger.catalog.CouponBook;
import io.billingledger.catalog.CouponDuration;
import io.billingledger.catalog.CouponTerms;
import io.billingledger.kernel.Claims;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.CouponId;
import io.billingledger.kernel.Rejected;
import io.billingledger.view.StreamView;
import io.billingledger.view.catalog.CatalogProjection;
import io.billingledger.view.catalog.CouponRow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.persistence.EntityManager;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.joda.money.Money;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Coupons (H13, H20). */
@RestController
@RequestMapping("/api/platform/coupons")
@Tag(name = "Catalogue")
class CouponController {
  private final Commands commands;
  private final EventStore history;
  private final CouponBook coupons;
  private final StreamView<CouponEvent, CouponRow> rows;
  private final JdbcClient database;

  CouponController(
      Commands commands,
      EventStore history,
      CouponBook coupons,
      EntityManager rows,
      JdbcClient database) {
    this.commands = commands;
    this.history = history;
    this.coupons = coupons;
    this.rows = CatalogProjection.coupons(rows);
    this.database = database;
  }

  /**
   * @param percent or
   * @param amount off each invoice
   * @param cycles how many, of a repeating one
   * @param validFrom first day on which it can be redeemed, in the tenant's zone
   * @param validUntil last day
   * @param maxUses how many subscriptions can redeem it
   * @param productCodes it applies to their plans; to all when left out
   * @param planCodes it applies to these; to all when left out
   */
  record NewCoupon(
      @NotNull @Pattern(regexp = Codes.PATTERN, message = Codes.RULE) String code,
      @Positive @DecimalMax("100") BigDecimal percent,
      Money amount,
      @NotNull CouponDuration duration,
      @Min(1) @Max(1200) Integer cycles,
      LocalDate validFrom,
      LocalDate validUntil,
      @Min(1) Integer maxUses,
      @Size(max = 100) List<@NotBlank @Size(max = 64) String> productCodes,
      @Size(max = 100) List<@NotBlank @Size(max = 64) String> planCodes) {

    CouponTerms terms() {
      if ((percent == null) == (amount == null)) {
        throw ProblemException.body(
            "/percent", "is what it takes off, or an amount is, one of the two");
      }
      if (amount != null && !amount.isPositive()) {
        throw ProblemException.body("/amount", "is more than nothing");
      }
      if ((duration == CouponDuration.REPEATING) != (cycles != null)) {
        throw ProblemException.body(
            "/cycles", "is given for a REPEATING coupon, and only for that");
      }
      if (validFrom != null && validUntil != null && validUntil.isBefore(validFrom)) {
        throw ProblemException.body("/valid_until", "is not before valid_from");
      }
      return new CouponTerms(
          percent,
          amount,
          duration,
          cycles,
          validFrom,
          validUntil,
          maxUses,
          productCodes == null ? List.of() : productCodes,
          planCodes == null ? List.of() : planCodes);
    }
  }

  /**
   * @param uses how many subscriptions have redeemed it
   */
  record CouponResource(
      CouponId id,
      String code,
      BigDecimal percent,
      Money amount,
      CouponDuration duration,
      Integer cycles,
      LocalDate validFrom,
      LocalDate validUntil,
      Integer maxUses,
      List<String> productCodes,
      List<String> planCodes,
      boolean active,
      long uses,
      long version)
      implements Versioned {}

  @PostMapping
  @Operation(operationId = "createCoupon", summary = "Create a coupon")
  ResponseEntity<CouponResource> create(
      @Valid @RequestBody NewCoupon asked, Caller caller, CommandKey key, @Now Instant at) {
    CouponId id = key.derive(CouponId::derive);
    commands.send(new CreateCoupon(id, asked.code(), asked.terms(), at), caller.actor());
    return ResponseEntity.created(URI.create("/api/platform/coupons/" + asked.code()))
        .body(current(id));
  }

  @PostMapping("/{code}/retire")
  @Operation(operationId = "retireCoupon", summary = "Let nobody else redeem a coupon")
  CouponResource retire(
      @PathVariable String code, Caller caller, ExpectedVersion version, @Now Instant at) {
    CouponId id = id(code);
    commands.send(new RetireCoupon(id, version.orNull(), at), caller.actor());
    return current(id);
  }

  @GetMapping
  @Operation(operationId = "listCoupons", summary = "All coupons, newest first")
  Page<CouponResource> list(Paging paging) {
    Cursor from = paging.newestFirst();
    return paging
        .page(
            rows.newestFirst(Map.of(), from.position(), from.id(), paging.fetch()),
            row -> new Cursor(row.createdPosition(), row.couponId()))
        .map(this::resource);
  }

  @GetMapping("/{code}")
  @Operation(operationId = "getCoupon", summary = "A coupon and how often it was redeemed")
  CouponResource get(@PathVariable String code) {
    return resource(
        rows.find(id(code)).orElseThrow(() -> new Rejected(new CouponCodeUnknown(code))));
  }

  private CouponId id(String code) {
    return coupons
        .find(code)
        .orElseThrow(() -> new Rejected(new CouponCodeUnknown(code)))
        .couponId();
  }

  private CouponResource current(CouponId id) {
    return resource(rows.current(id, history).orElseThrow());
  }

  private CouponResource resource(CouponRow row) {
    CouponTerms terms = row.terms();
    return new CouponResource(
        new CouponId(row.couponId()),
        row.code(),
        terms.percent(),
        terms.amount(),
        terms.duration(),
        terms.cycles(),
        terms.validFrom(),
        terms.validUntil(),
        terms.maxUses(),
        terms.productCodes(),
        terms.planCodes(),
        row.retiredAt() == null,
        database
            .sql("SELECT last FROM claim_series WHERE kind = ? AND series = ?")
            .params(Claims.Kind.COUPON_USE.name(), row.code())
            .query(Long.class)
            .optional()
            .orElse(0L),
        row.version());
  }
}
