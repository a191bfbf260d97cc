package io.billingledger.kernel;

/** Id of how one bank's CSV files are read. */
public record BankCsvMappingId(String value) implements Id {
  private static final String PREFIX = "bcm_";

  public BankCsvMappingId {
    Ids.require(value, PREFIX);
  }

  public static BankCsvMappingId derive(Object... causes) {
    return new BankCsvMappingId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
