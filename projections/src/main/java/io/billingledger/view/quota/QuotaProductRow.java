package io.billingledger.view.quota;

import io.billingledger.catalog.CatalogEvent.ProductCreated;
import io.billingledger.catalog.CatalogEvent.ProductEvent;
import io.billingledger.view.StreamRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Which product answers when none is named. */
@Entity
@Table(name = "view_quota_product")
public class QuotaProductRow extends StreamRow<ProductEvent> {
  @Id private String productId;
  private String code;

  @Column(name = "is_primary")
  private boolean primary;

  @Override
  protected void apply(ProductEvent event) {
    switch (event) {
      case ProductCreated e -> {
        productId = e.productId().value();
        code = e.code();
        primary = e.primary();
      }
    }
  }

  public boolean primary() {
    return primary;
  }
}
