package io.billingledger.adapter.provisioning;

import io.billingledger.provisioning.RetryPolicy;
import io.billingledger.tenant.DeploymentType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param provisioners by deployment type, in their order: codes of beans or names of classes; a
 *     type that is not named here is not supported
 * @param timeOut of one attempt
 * @param retentionDays how long a terminated tenant's data are kept at least
 * @param invitationLink where the first administrator's one-time token is appended
 */
@ConfigurationProperties("ledger.provisioning")
public record ProvisioningSettings(
    @DefaultValue Map<DeploymentType, List<String>> provisioners,
    @DefaultValue("5") int attempts,
    @DefaultValue("10s") Duration firstDelay,
    @DefaultValue("15m") Duration longestDelay,
    @DefaultValue("60s") Duration timeOut,
    @DefaultValue("90") int retentionDays,
    @DefaultValue("2") int workers,
    @DefaultValue("http://localhost:8080/invitation#") String invitationLink) {

  public ProvisioningSettings {
    if (timeOut.isNegative() || timeOut.isZero()) {
      throw new IllegalArgumentException("ledger.provisioning.time-out must be longer than 0.");
    }
    if (retentionDays < 0) {
      throw new IllegalArgumentException(
          "ledger.provisioning.retention-days must not be negative.");
    }
    if (workers < 1) {
      throw new IllegalArgumentException("ledger.provisioning.workers must be at least 1.");
    }
  }

  RetryPolicy retries() {
    return new RetryPolicy(attempts, firstDelay, longestDelay);
  }
}
