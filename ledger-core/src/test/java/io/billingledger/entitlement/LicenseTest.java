package io.billingledger.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.TenantId;
import io.billingledger.subscription.SubscriptionStatus;
import io.billingledger.tenant.WriteAccess;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LicenseTest {

  /** One cell for each access and status. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "FULL, TRIALING, allowed",
        "FULL, ACTIVE, allowed",
        "FULL, PAST_DUE, tenant.read-only",
        "FULL, SUSPENDED, tenant.read-only",
        "FULL, PENDING, quota.not-running",
        "FULL, TRIAL_EXPIRED, quota.not-running",
        "FULL, CANCELED, quota.not-running",
        "FULL, TERMINATED, quota.not-running",
        "FULL, none, quota.not-running",
        "READ_ONLY, TRIALING, tenant.read-only",
        "READ_ONLY, ACTIVE, tenant.read-only",
        "READ_ONLY, PAST_DUE, tenant.read-only",
        "READ_ONLY, SUSPENDED, tenant.read-only",
        "READ_ONLY, PENDING, tenant.read-only",
        "READ_ONLY, TRIAL_EXPIRED, tenant.read-only",
        "READ_ONLY, CANCELED, tenant.read-only",
        "READ_ONLY, TERMINATED, tenant.read-only",
        "READ_ONLY, none, tenant.read-only",
        "NONE, TRIALING, tenant.read-only",
        "NONE, ACTIVE, tenant.read-only",
        "NONE, PAST_DUE, tenant.read-only",
        "NONE, SUSPENDED, tenant.read-only",
        "NONE, PENDING, tenant.read-only",
        "NONE, TRIAL_EXPIRED, tenant.read-only",
        "NONE, CANCELED, tenant.read-only",
        "NONE, TERMINATED, tenant.read-only",
        "NONE, none, tenant.read-only"
      })
  void decides(WriteAccess access, SubscriptionStatus status, String expected) {
    License license = new License(TenantId.derive("t"), access, status);
    Rejected refused = catchThrowableOfType(Rejected.class, license::check);
    assertThat(refused == null ? "allowed" : refused.rejection().code()).isEqualTo(expected);
  }
}
