package io.billingledger.kernel;

/** Keys of the metadata that every stored event carries: whose it is, who did it, and why. */
public final class MetaKeys {
  /** The tenant that the event belongs to; absent for the platform's own (catalogue). */
  public static final String TENANT = "tenant_id";

  public static final String ACTOR = "actor";

  /** The id of the request, deadline or run at the start of the chain. */
  public static final String CORRELATION = "correlation_id";

  /** The id of the message that directly led to this event. */
  public static final String CAUSE = "cause_id";

  private MetaKeys() {}
}
