package io.billingledger.adapter.provisioning;

/** How an attempt went. The words become history: nothing personal, no secrets. */
public sealed interface ProvisioningResult {
  /** What was made or found, or why it failed, in words. */
  String words();

  record Done(String words) implements ProvisioningResult {}

  /**
   * @param retryable false when another attempt would fail as well
   */
  record Failed(String words, boolean retryable) implements ProvisioningResult {}

  static ProvisioningResult done(String what) {
    return new Done(what);
  }

  static ProvisioningResult failed(String why) {
    return new Failed(why, true);
  }

  static ProvisioningResult failedForGood(String why) {
    return new Failed(why, false);
  }
}
