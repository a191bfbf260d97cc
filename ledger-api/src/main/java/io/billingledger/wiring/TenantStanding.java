package io.billingledger.wiring;

import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * What an answer about a provisioned tenant, whose key was not erased, says besides the tenant's
 * own row, as it was read lately. An answer that is made of it is committed only if it still is so.
 *
 * @param subscription the tenant's only one: its id and version; null without any
 */
public record TenantStanding(String tenantId, String subscription) {
  private static final String ASSUMED = TenantStanding.class.getName();

  /** The work at hand relies on it. */
  public void assume() {
    CurrentUnitOfWork.get().root().resources().put(ASSUMED, this);
  }

  /** Null when it relies on none. */
  static TenantStanding assumed(UnitOfWork<?> root) {
    return (TenantStanding) root.resources().get(ASSUMED);
  }
}
