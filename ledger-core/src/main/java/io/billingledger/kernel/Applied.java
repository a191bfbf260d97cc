package io.billingledger.kernel;

import java.util.List;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateLifecycle;

/** Applies decided events to the running aggregate, marked with the tenant they belong to. */
public final class Applied {
  private Applied() {}

  public static void to(TenantId tenant, List<? extends LedgerEvent> events) {
    MetaData metaData = MetaData.with(MetaKeys.TENANT, tenant.value());
    events.forEach(event -> AggregateLifecycle.apply(event, metaData));
  }
}
