package io.billingledger.kernel;

/** Id of records of usage that were sealed together. */
public record UsageBatchId(String value) implements Id {
  private static final String PREFIX = "usb_";

  public UsageBatchId {
    Ids.require(value, PREFIX);
  }

  public static UsageBatchId derive(Object... causes) {
    return new UsageBatchId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
