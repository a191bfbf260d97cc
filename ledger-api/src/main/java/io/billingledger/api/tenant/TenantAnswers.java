package io.billingledger.api.tenant;

import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Sealed;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.Vault;
import io.billingledger.tenant.TenantEvent;
import io.billingledger.tenant.TenantRejection.TenantUnknown;
import io.billingledger.view.StreamView;
import io.billingledger.view.tenant.TenantProjection;
import io.billingledger.view.tenant.TenantRow;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.springframework.stereotype.Component;

/** Makes what is answered about tenants from their rows. */
@Component
class TenantAnswers {
  private final EventStore history;
  private final Vault vault;
  private final Subscriptions subscriptions;
  private final StreamView<TenantEvent, TenantRow> tenants;

  TenantAnswers(EventStore history, Vault vault, Subscriptions subscriptions, EntityManager rows) {
    this.history = history;
    this.vault = vault;
    this.subscriptions = subscriptions;
    this.tenants = TenantProjection.tenants(rows);
  }

  /** As the command at hand left it. */
  TenantResource current(TenantId id) {
    return answer(id, tenants.current(id, history).orElseThrow(() -> unknown(id)));
  }

  TenantResource read(TenantId id) {
    return answer(id, row(id));
  }

  Page<HoldResource> holds(TenantId id, Paging paging) {
    return paging
        .of(
            row(id).holds(),
            hold -> new Cursor(ChronoUnit.MICROS.between(Instant.EPOCH, hold.since()), hold.key()))
        .map(HoldResource::of);
  }

  Page<TenantSummary> list(Map<String, ?> equal, Paging paging) {
    Cursor from = paging.newestFirst();
    Page<TenantRow> page =
        paging.page(
            tenants.newestFirst(equal, from.position(), from.id(), paging.fetch()),
            row -> new Cursor(row.createdPosition(), row.tenantId()));
    List<String> ids = page.data().stream().map(TenantRow::tenantId).toList();
    var speaking = subscriptions.speaking(ids);
    var provisioning = subscriptions.provisioning(ids);
    return page.map(
        row ->
            TenantSummary.of(row, speaking.get(row.tenantId()), provisioning.get(row.tenantId())));
  }

  /** A tenant after a command about it. */
  TenantResource after(TenantId id, Runnable command) {
    try {
      command.run();
    } catch (AggregateNotFoundException neverRegistered) {
      throw unknown(id);
    }
    return current(id);
  }

  private TenantRow row(TenantId id) {
    return tenants.find(id).orElseThrow(() -> unknown(id));
  }

  private TenantResource answer(TenantId id, TenantRow row) {
    return new TenantResource(
        TenantSummary.of(
            row,
            subscriptions.speaking(id.value(), null).orElse(null),
            subscriptions.provisioning(id.value())),
        opened(id, row.ownerEmail()),
        opened(id, row.taxIdentity()),
        row.invoiceGrouping(),
        row.holds().stream().map(HoldResource::of).toList());
  }

  private String opened(TenantId id, Sealed sealed) {
    return sealed == null ? null : vault.open(id, sealed).orElse(null);
  }

  private static Rejected unknown(TenantId id) {
    return new Rejected(new TenantUnknown(id));
  }
}
