package io.billingledger.run;

/** How far a run is. */
public enum RunStatus {
  QUEUED,
  RUNNING,
  DONE,
  /** By somebody's wish, before its end. What it did stays done. */
  STOPPED,
  /** It could not go on; single failures are in its report and do not end it. */
  FAILED;

  public boolean over() {
    return this == DONE || this == STOPPED || this == FAILED;
  }
}
