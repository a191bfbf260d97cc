package io.billingledger.notice;

import io.billingledger.kernel.Vault;
import io.billingledger.saga.SagaGroups;
import io.billingledger.tenant.TenantEvent.TenantRegistered;
import io.billingledger.usage.UsageEvent.UsageLimitReached;
import io.billingledger.wiring.TenantHistory;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.springframework.stereotype.Component;

/**
 * Tells the tenant's owner that a limit is nearly or fully used (P08): once in a cycle for each
 * metric and each part of its limit, as the event is, whose id is the notice's key.
 */
@Component
@ProcessingGroup(SagaGroups.NOTICES)
@DisallowReplay
class LimitNotices {
  private static final int ALL = 100;

  private final Notices notices;
  private final Vault vault;
  private final TenantHistory tenants;

  LimitNotices(Notices notices, Vault vault, TenantHistory tenants) {
    this.notices = notices;
    this.vault = vault;
    this.tenants = tenants;
  }

  @EventHandler
  void on(UsageLimitReached event, @MessageIdentifier String eventId) {
    if (event.percent() < ALL && event.used().compareTo(event.limit()) >= 0) {
      return; // used up by the same consumption, which the next event tells
    }
    TenantRegistered registered = tenants.registration(event.tenantId());
    // Without the tenant's key there is nobody left to write to.
    vault
        .open(event.tenantId(), registered.ownerEmail())
        .ifPresent(
            recipient ->
                notices.record(
                    "limit:" + eventId,
                    event.tenantId(),
                    recipient,
                    event.percent() < ALL ? NoticeTemplate.LIMIT_NEAR : NoticeTemplate.LIMIT_USED,
                    Map.of(
                        NoticeTemplate.COUNTRY,
                        registered.country(),
                        "name",
                        registered.name(),
                        "metric",
                        event.module() + "/" + event.metric(),
                        "percent",
                        String.valueOf(event.percent()),
                        "used",
                        event.used().toPlainString(),
                        "limit",
                        event.limit().toPlainString()),
                    event.at()));
  }
}
