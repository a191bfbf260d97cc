package io.billingledger.adapter.tenantdb;

import io.billingledger.adapter.provisioning.ProvisioningResult;
import io.billingledger.adapter.provisioning.ProvisioningTask;
import io.billingledger.adapter.provisioning.TenantProvisioner;
import io.billingledger.kernel.TenantId;
import io.billingledger.provisioning.ProvisioningAction;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;

/** The tenant's own database (P05). */
final class TenantDatabase implements TenantProvisioner {
  private final TenantDatabases databases;

  TenantDatabase(TenantDatabases databases) {
    this.databases = databases;
  }

  @Override
  public String code() {
    return "tenant-database";
  }

  @Override
  public Set<ProvisioningAction> actions() {
    return EnumSet.allOf(ProvisioningAction.class);
  }

  @Override
  public ProvisioningResult perform(ProvisioningTask task) throws SQLException {
    TenantId tenant = task.tenantId();
    String name = TenantDatabases.name(tenant);
    if (task.action() != ProvisioningAction.CREATE && !databases.exists(tenant)) {
      return task.action().isBackwards()
          ? ProvisioningResult.done("there is no database " + name)
          : ProvisioningResult.failedForGood("there is no database " + name);
    }
    return switch (task.action()) {
      case CREATE ->
          ProvisioningResult.done(
              databases.create(tenant) ? "made " + name : name + " was there already");
      case SUSPEND -> {
        databases.suspend(tenant);
        yield ProvisioningResult.done(name + " is read-only");
      }
      case UNSUSPEND -> {
        databases.unsuspend(tenant);
        yield ProvisioningResult.done(name + " may be written");
      }
      case TERMINATE -> {
        databases.close(tenant);
        yield ProvisioningResult.done(name + " accepts no connections");
      }
      case PURGE -> {
        databases.drop(tenant);
        yield ProvisioningResult.done("dropped " + name);
      }
    };
  }
}
