package io.billingledger.adapter.tenantdb;

import io.billingledger.adapter.provisioning.ProvisioningSettings;
import io.billingledger.kernel.Vault;
import io.billingledger.notice.Notices;
import io.billingledger.wiring.ProvisionerDatabase;
import io.billingledger.wiring.TenantHistory;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The provisioners of {@code DATABASE_PER_TENANT}. */
@Configuration(proxyBeanMethods = false)
class TenantDatabaseWiring {

  @Bean
  TenantDatabases tenantDatabases(ProvisionerDatabase server, ProvisioningSettings settings) {
    return new TenantDatabases(server, settings.timeOut());
  }

  @Bean
  Invitations invitations(TenantDatabases databases) {
    return new Invitations(databases);
  }

  @Bean
  TenantDatabase tenantDatabase(TenantDatabases databases) {
    return new TenantDatabase(databases);
  }

  @Bean
  FirstAdmin firstAdmin(
      Invitations invitations,
      Notices notices,
      Vault vault,
      TenantHistory tenants,
      PlatformTransactionManager transactions,
      SecureRandom random,
      Clock clock,
      ProvisioningSettings settings) {
    return new FirstAdmin(
        invitations,
        notices,
        vault,
        tenants,
        new TransactionTemplate(transactions),
        random,
        clock,
        settings.invitationLink());
  }
}
