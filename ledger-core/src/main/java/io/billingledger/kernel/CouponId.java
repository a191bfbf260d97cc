package io.billingledger.kernel;

/** Id of a coupon; its code is another thing. */
public record CouponId(String value) implements Id {
  private static final String PREFIX = "cpn_";

  public CouponId {
    Ids.require(value, PREFIX);
  }

  public static CouponId next() {
    return new CouponId(Ids.next(PREFIX));
  }

  public static CouponId derive(Object... causes) {
    return new CouponId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
