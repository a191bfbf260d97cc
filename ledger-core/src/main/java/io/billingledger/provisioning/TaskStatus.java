package io.billingledger.provisioning;

/** How far one step of an operation is. */
public enum TaskStatus {
  /** An earlier step comes first. */
  PLANNED,
  /** To be done now; nobody has begun. */
  QUEUED,
  RUNNING,
  /** An attempt failed; the next one waits for its time. */
  RETRYING,
  SUCCEEDED,
  /** All attempts failed, or one in a way that another would not change. */
  FAILED,
  /** A later operation made it pointless. */
  SUPERSEDED;

  boolean isActive() {
    return this == QUEUED || this == RUNNING || this == RETRYING || this == FAILED;
  }
}
