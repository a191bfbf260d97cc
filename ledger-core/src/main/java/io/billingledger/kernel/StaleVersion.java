package io.billingledger.kernel;

/** The caller decided on a version that is no longer the present one ({@code If-Match}). */
public record StaleVersion(long expected, long actual) implements Rejection {

  /**
   * @param expected null when the caller does not mind
   * @throws Rejected when the versions differ
   */
  public static void check(Long expected, Long actual) {
    if (expected != null && !expected.equals(actual)) {
      throw new Rejected(new StaleVersion(expected, actual));
    }
  }

  @Override
  public String code() {
    return "version.stale";
  }

  @Override
  public Kind kind() {
    return Kind.STALE;
  }

  @Override
  public String detail() {
    return "You decided on version %d; the present one is %d.".formatted(expected, actual);
  }
}
