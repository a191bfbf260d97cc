package io.billingledger.seller;

/** Answers what is known of a legal entity as a seller, from its own history. */
public interface Sellers {
  /** Empty history where nobody has described it. */
  SellerState of(String legalEntityId);
}
