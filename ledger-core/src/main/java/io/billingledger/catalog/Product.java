package io.billingledger.catalog;

import io.billingledger.catalog.CatalogCommand.CreateProduct;
import io.billingledger.catalog.CatalogEvent.ProductCreated;
import io.billingledger.catalog.CatalogEvent.ProductEvent;
import io.billingledger.catalog.CatalogRejection.PrimaryProductTaken;
import io.billingledger.catalog.CatalogRejection.ProductCodeTaken;
import io.billingledger.kernel.Claims;
import io.billingledger.kernel.ProductId;
import io.billingledger.kernel.Rejected;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/** Axon's shell around a product. It is created once and has no other decision yet. */
public class Product {
  /** Not a possible code, so that the claim on being primary meets no product's. */
  public static final String PRIMARY = "*primary*";

  @AggregateIdentifier private ProductId id;

  public Product() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(CreateProduct command, Claims claims) {
    if (id != null) {
      return;
    }
    String product = command.productId().value();
    if (!claims.claim(Claims.Kind.PRODUCT_CODE, command.code(), product).equals(product)) {
      throw new Rejected(new ProductCodeTaken(command.code()));
    }
    if (command.primary()) {
      String holder = claims.claim(Claims.Kind.PRODUCT_CODE, PRIMARY, product);
      if (!holder.equals(product)) {
        throw new Rejected(new PrimaryProductTaken(holder));
      }
    }
    AggregateLifecycle.apply(
        new ProductCreated(
            command.productId(),
            command.code(),
            command.name(),
            command.description(),
            command.primary(),
            command.at()));
  }

  @EventSourcingHandler
  void on(ProductEvent event) {
    id = event.productId();
  }
}
