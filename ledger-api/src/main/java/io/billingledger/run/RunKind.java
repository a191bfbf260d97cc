package io.billingledger.run;

/** What a run does. */
public enum RunKind {
  /** Wakes every subscription for which something is due. */
  RENEWALS,
  /** Wakes the dunning of every open invoice. */
  DUNNING,
  /** Holds figures against their sources. */
  RECONCILIATION
}
