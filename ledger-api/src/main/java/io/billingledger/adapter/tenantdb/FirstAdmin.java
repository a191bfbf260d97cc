package io.billingledger.adapter.tenantdb;

import io.billingledger.adapter.provisioning.ProvisioningResult;
import io.billingledger.adapter.provisioning.ProvisioningTask;
import io.billingledger.adapter.provisioning.TenantProvisioner;
import io.billingledger.kernel.NoticeId;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.Vault;
import io.billingledger.notice.NoticeTemplate;
import io.billingledger.notice.Notices;
import io.billingledger.provisioning.ProvisioningAction;
import io.billingledger.tenant.TenantEvent.TenantRegistered;
import io.billingledger.wiring.TenantHistory;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The tenant's first administrator: one row in its database, and an invitation that works once. The
 * token exists in the mail only, so an attempt that was cut short before the mail was recorded
 * makes a new one, and the old one never worked for anybody. Once it is recorded, none is made,
 * also when the tenant's database was not told any more.
 */
final class FirstAdmin implements TenantProvisioner {
  private final Invitations invitations;
  private final Notices notices;
  private final Vault vault;
  private final TenantHistory tenants;
  private final TransactionTemplate transaction;
  private final SecureRandom random;
  private final Clock clock;
  private final String link;

  FirstAdmin(
      Invitations invitations,
      Notices notices,
      Vault vault,
      TenantHistory tenants,
      TransactionTemplate transaction,
      SecureRandom random,
      Clock clock,
      String link) {
    this.invitations = invitations;
    this.notices = notices;
    this.vault = vault;
    this.tenants = tenants;
    this.transaction = transaction;
    this.random = random;
    this.clock = clock;
    this.link = link;
  }

  @Override
  public String code() {
    return "first-admin";
  }

  @Override
  public Set<ProvisioningAction> actions() {
    return EnumSet.of(ProvisioningAction.CREATE);
  }

  @Override
  public ProvisioningResult perform(ProvisioningTask task) throws SQLException {
    TenantId tenant = task.tenantId();
    TenantRegistered registered = transaction.execute(_ -> tenants.registration(tenant));
    Optional<String> email = vault.open(tenant, registered.ownerEmail());
    if (email.isEmpty()) {
      return ProvisioningResult.failedForGood("the tenant's key was erased, so nobody is known");
    }
    String userId = "usr_" + tenant.value().substring("ten_".length());
    Optional<Integer> unfinished = invitations.unsent(tenant, userId);
    if (unfinished.isPresent() && isRecorded(key(tenant, unfinished.get()))) {
      invitations.markSent(tenant, userId, unfinished.get(), clock.instant());
      return ProvisioningResult.done("was invited already");
    }
    InvitationToken token = InvitationToken.next(tenant, random);
    Optional<Integer> number = invitations.renew(token, userId, email.get(), clock.instant());
    if (number.isEmpty()) {
      return ProvisioningResult.done("was invited already");
    }
    transaction.executeWithoutResult(
        _ ->
            notices.record(
                key(tenant, number.get()),
                tenant,
                email.get(),
                NoticeTemplate.INVITATION,
                Map.of(
                    NoticeTemplate.COUNTRY,
                    registered.country(),
                    "name",
                    registered.name(),
                    "link",
                    link + token.text()),
                clock.instant()));
    invitations.markSent(tenant, userId, number.get(), clock.instant());
    return ProvisioningResult.done("invited the owner");
  }

  private boolean isRecorded(String key) {
    return Boolean.TRUE.equals(
        transaction.execute(_ -> notices.find(NoticeId.derive(key)).isPresent()));
  }

  private static String key(TenantId tenant, int number) {
    return "invitation/" + tenant + "/" + number;
  }
}
