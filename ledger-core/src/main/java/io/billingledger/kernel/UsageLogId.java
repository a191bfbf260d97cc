package io.billingledger.kernel;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Id of the stream that keeps what happened to a tenant's usage on one day of acceptance (UTC). A
 * day each, so that the streams stay short however much is used.
 */
public record UsageLogId(String value) implements Id {
  private static final String PREFIX = "ulg_";

  public UsageLogId {
    Ids.require(value, PREFIX);
  }

  public static UsageLogId of(TenantId tenant, Instant at) {
    return derive(tenant, at.atOffset(ZoneOffset.UTC).toLocalDate());
  }

  public static UsageLogId derive(Object... causes) {
    return new UsageLogId(Ids.derive(PREFIX, causes));
  }

  @Override
  public String toString() {
    return value;
  }
}
