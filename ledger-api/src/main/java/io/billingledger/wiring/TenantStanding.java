package io.billingledger.wiring;

import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * What an answer about a tenant says besides the tenant's own row, as it was read lately. An answer
 * that is made of it is committed only if it still is so.
 *
 * @param subscription to which the tenant has subscribed alone: its id and version; null without
 *     any
 * @param provisioning as its view names it
 */
public record TenantStanding(String tenantId, String subscription, String provisioning) {
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
