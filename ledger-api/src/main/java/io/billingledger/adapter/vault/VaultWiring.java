package io.billingledger.adapter.vault;

import io.billingledger.kernel.Scope;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** The vault, and the check that its master key is the right one. */
@Configuration(proxyBeanMethods = false)
class VaultWiring {

  @Bean
  TenantVault vault(
      JdbcTemplate database,
      PlatformTransactionManager transactions,
      Clock ledgerClock,
      @Value("${ledger.vault.master-key:}") String masterKey,
      @Value("${ledger.data-dir}") Path directory) {
    return new TenantVault(database, transactions, ledgerClock, MasterKey.of(masterKey, directory));
  }

  @Bean
  InitializingBean vaultHasTheRightMasterKey(TenantVault vault) {
    return () -> Scope.allTenants(vault::checkMasterKey);
  }
}
