package io.billingledger.api.invoice;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.catalog.PriceBook;
import io.billingledger.invoice.WhatIf;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import io.billingledger.rating.PricingEngine;
import io.billingledger.rating.UsedQuantities;
import io.billingledger.wiring.InvoiceHistory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Real history under another price version or another engine: computed beside it, never kept. */
@RestController
@Tag(name = "Pricing")
class WhatIfController {
  private final JdbcClient database;
  private final InvoiceHistory invoices;
  private final PriceBook prices;
  private final UsedQuantities quantities;

  WhatIfController(
      JdbcClient database, InvoiceHistory invoices, PriceBook prices, UsedQuantities quantities) {
    this.database = database;
    this.invoices = invoices;
    this.prices = prices;
    this.quantities = quantities;
  }

  /** A published version of a plan, in the place of those that its invoices were made with. */
  record PlanVersion(@NotBlank @Size(max = 64) String planCode, @NotNull @Min(1) Integer version) {}

  /**
   * @param tenantId only this tenant's invoices
   * @param from only invoices issued from then on
   * @param to only invoices issued before
   * @param engineVersion the one that each invoice was made with unless given
   */
  record Question(
      TenantId tenantId,
      Instant from,
      Instant to,
      @Size(max = 20) String engineVersion,
      @Size(max = 100) List<@Valid @NotNull PlanVersion> planVersions) {}

  /**
   * @param old as it was issued
   * @param now as it would have been
   * @param reproduced whether computing it again as it was made gives what was issued
   */
  record Compared(
      InvoiceId invoiceId,
      String invoiceNumber,
      TenantId tenantId,
      Instant issuedAt,
      Money old,
      Money now,
      Money difference,
      boolean reproduced) {

    static Compared of(WhatIf compared) {
      return new Compared(
          compared.invoice().invoiceId(),
          compared.invoice().invoiceNumber(),
          compared.invoice().tenantId(),
          compared.invoice().issuedAt(),
          compared.issued(),
          compared.would(),
          compared.difference(),
          compared.reproduced());
    }
  }

  /** Of the invoices of one page in one currency. */
  record Total(int invoices, int changed, Money old, Money now, Money difference) {
    private Total plus(Compared one) {
      return new Total(
          invoices + 1,
          changed + (one.difference().isZero() ? 0 : 1),
          old.plus(one.old()),
          now.plus(one.now()),
          difference.plus(one.difference()));
    }
  }

  /**
   * @param data the invoices of this page, newest first; void ones are left out
   */
  record Answer(List<Compared> data, List<Total> totals, boolean hasMore, String nextCursor) {}

  @PostMapping("/api/what-if")
  @Operation(
      operationId = "whatIf",
      summary = "Invoices beside what they would have been under other prices or another engine")
  Answer compare(@Valid @RequestBody Question asked, Paging paging) {
    if (asked.engineVersion() == null
        && (asked.planVersions() == null || asked.planVersions().isEmpty())) {
      throw ProblemException.body(
          "/engine_version", "or plan_versions say what would be different");
    }
    WhatIf.Alternative alternative =
        new WhatIf.Alternative(engine(asked.engineVersion()), versions(asked.planVersions()));
    Page<Compared> page =
        paging
            .page(
                found(asked, paging.newestFirst(), paging.fetch()),
                invoice -> new Cursor(invoice.position(), invoice.id()))
            .map(
                invoice ->
                    Compared.of(
                        WhatIf.of(
                            invoices.issued(new InvoiceId(invoice.id())),
                            alternative,
                            prices,
                            quantities)));
    Map<CurrencyUnit, Total> totals = new LinkedHashMap<>();
    for (Compared one : page.data()) {
      Money nothing = Money.zero(one.old().getCurrencyUnit());
      totals.merge(
          one.old().getCurrencyUnit(),
          new Total(0, 0, nothing, nothing, nothing).plus(one),
          (sum, _) -> sum.plus(one));
    }
    return new Answer(page.data(), List.copyOf(totals.values()), page.hasMore(), page.nextCursor());
  }

  private record Found(String id, long position) {}

  private List<Found> found(Question asked, Cursor below, int limit) {
    return database
        .sql(
            """
            SELECT invoice_id, created_position FROM view_invoice
            WHERE closed_as IS DISTINCT FROM 'VOID'
              AND (:tenant::text IS NULL OR tenant_id = :tenant)
              AND (:from::timestamptz IS NULL OR issued_at >= :from)
              AND (:to::timestamptz IS NULL OR issued_at < :to)
              AND (created_position, invoice_id) < (:position, :id)
            ORDER BY created_position DESC, invoice_id DESC LIMIT :limit
            """)
        .param("tenant", asked.tenantId() == null ? null : asked.tenantId().value())
        .param("from", at(asked.from()))
        .param("to", at(asked.to()))
        .param("position", below.position())
        .param("id", below.id())
        .param("limit", limit)
        .query((row, _) -> new Found(row.getString("invoice_id"), row.getLong("created_position")))
        .list();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static PricingEngine engine(String version) {
    if (version == null) {
      return null;
    }
    return Arrays.stream(PricingEngine.values())
        .filter(engine -> engine.version().equals(version))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.body(
                    "/engine_version",
                    "is one of "
                        + Arrays.stream(PricingEngine.values())
                            .map(PricingEngine::version)
                            .toList()));
  }

  private Map<String, Integer> versions(List<PlanVersion> asked) {
    Map<String, Integer> versions = new LinkedHashMap<>();
    if (asked != null) {
      for (int i = 0; i < asked.size(); i++) {
        PlanVersion one = asked.get(i);
        prices.version(one.planCode(), one.version());
        if (versions.put(one.planCode(), one.version()) != null) {
          throw ProblemException.body(
              "/plan_versions/%d/plan_code".formatted(i), "was named before");
        }
      }
    }
    return versions;
  }
}
