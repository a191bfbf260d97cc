package io.billingledger.kernel;

/** Id of an API key; not its secret. */
public record ApiKeyId(String value) implements Id {
  private static final String PREFIX = "key_";

  public ApiKeyId {
    Ids.require(value, PREFIX);
  }

  public static ApiKeyId next() {
    return new ApiKeyId(Ids.next(PREFIX));
  }

  public static ApiKeyId derive(Object... causes) {
    return new ApiKeyId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
