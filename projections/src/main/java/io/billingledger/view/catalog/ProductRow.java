package io.billingledger.view.catalog;

import io.billingledger.catalog.CatalogEvent.ProductCreated;
import io.billingledger.catalog.CatalogEvent.ProductEvent;
import io.billingledger.view.StreamRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A product. */
@Entity
@Table(name = "view_product")
public class ProductRow extends StreamRow<ProductEvent> {
  @Id private String productId;
  private String code;
  private String name;
  private String description;

  @Column(name = "is_primary")
  private boolean primary;

  private Instant createdAt;

  @Override
  protected void apply(ProductEvent event) {
    switch (event) {
      case ProductCreated e -> {
        productId = e.productId().value();
        code = e.code();
        name = e.name();
        description = e.description();
        primary = e.primary();
        createdAt = e.at();
      }
    }
  }

  public String productId() {
    return productId;
  }

  public String code() {
    return code;
  }

  public String name() {
    return name;
  }

  public String description() {
    return description;
  }

  public boolean primary() {
    return primary;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
