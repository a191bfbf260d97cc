package io.billingledger.api.catalog;

import io.billingledger.api.idempotency.Versioned;
import io.billingledger.view.catalog.ProductRow;

/**
 * A product as it is answered.
 *
 * @param primary answers where a tenant may have several
 */
record ProductResource(
    String id, String code, String name, String description, boolean primary, long version)
    implements Versioned {

  static ProductResource of(ProductRow row) {
    return new ProductResource(
        row.productId(), row.code(), row.name(), row.description(), row.primary(), row.version());
  }
}
