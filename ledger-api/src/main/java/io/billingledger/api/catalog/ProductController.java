package io.billingledger.api.catalog;

import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.catalog.CatalogCommand.CreateProduct;
import io.billingledger.catalog.CatalogEvent.ProductEvent;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.ProductId;
import io.billingledger.view.StreamView;
import io.billingledger.view.catalog.CatalogProjection;
import io.billingledger.view.catalog.ProductRow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.persistence.EntityManager;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Products: what plans put a price on. */
@RestController
@RequestMapping("/api/platform/products")
@Tag(name = "Catalogue")
class ProductController {
  private final Commands commands;
  private final EventStore history;
  private final StreamView<ProductEvent, ProductRow> products;

  ProductController(Commands commands, EventStore history, EntityManager rows) {
    this.commands = commands;
    this.history = history;
    this.products = CatalogProjection.products(rows);
  }

  /**
   * @param primary answers where a tenant may have several; one product is
   */
  record NewProduct(
      @NotNull @Pattern(regexp = Codes.PATTERN, message = Codes.RULE) String code,
      @NotBlank @Size(max = 200) String name,
      @Size(max = 2000) String description,
      Boolean primary) {}

  @PostMapping
  @Operation(operationId = "createProduct", summary = "Create a product")
  ResponseEntity<ProductResource> create(
      @Valid @RequestBody NewProduct asked, Caller caller, CommandKey key, @Now Instant at) {
    ProductId id = key.derive(ProductId::derive);
    commands.send(
        new CreateProduct(
            id,
            asked.code(),
            asked.name(),
            asked.description(),
            Boolean.TRUE.equals(asked.primary()),
            at),
        caller.actor());
    return ResponseEntity.created(URI.create("/api/platform/products"))
        .body(ProductResource.of(products.current(id, history).orElseThrow()));
  }

  @GetMapping
  @Transactional(readOnly = true)
  @Operation(operationId = "listProducts", summary = "All products, newest first")
  public Page<ProductResource> list(Paging paging) {
    Cursor from = paging.newestFirst();
    return paging
        .page(
            products.newestFirst(Map.of(), from.position(), from.id(), paging.fetch()),
            row -> new Cursor(row.createdPosition(), row.productId()))
        .map(ProductResource::of);
  }
}
