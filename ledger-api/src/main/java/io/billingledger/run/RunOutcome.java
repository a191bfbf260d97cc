package io.billingledger.run;

/** What a run came to for one subscription or invoice. */
public enum RunOutcome {
  DONE,
  /** Of a dry run: so it would be done. */
  WOULD_DO,
  /** Somebody else did it first, or nothing is due after all. */
  NOTHING_DUE,
  FAILED
}
