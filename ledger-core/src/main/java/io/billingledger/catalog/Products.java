package io.billingledger.catalog;

import java.util.Optional;

/** Answers about products from the catalogue's own history. */
public interface Products {
  /** The code of the product that answers where a tenant may have several; empty if none does. */
  Optional<String> primaryCode();
}
