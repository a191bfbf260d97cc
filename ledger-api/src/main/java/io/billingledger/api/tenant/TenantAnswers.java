package io.billingledger.api.tenant;

import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.tenant.RecentStandings.Recent;
import io.billingledger.api.tenant.RecentStandings.Said;
import io.billingledger.api.tenant.TenantSummary.ActiveCycle;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Sealed;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.Vault;
import io.billingledger.provisioning.ProvisioningStatus;
import io.billingledger.tenant.TenantEvent;
import io.billingledger.tenant.TenantRejection.TenantUnknown;
import io.billingledger.view.StreamView;
import io.billingledger.view.subscription.SubscriptionRow;
import io.billingledger.view.tenant.TenantProjection;
import io.billingledger.view.tenant.TenantRow;
import io.billingledger.wiring.TenantStanding;
import io.billingledger.wiring.WithoutDatabase;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final RecentStandings recently = new RecentStandings();

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
    if (recently.find(id) == null) {
      WithoutDatabase.check(); // before anything is decided that would have to be undone
    }
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
    Said said = said(id, row);
    return new TenantResource(
        TenantSummary.of(row, said.subscriptionState(), said.activeCycle(), said.provisioning()),
        said.ownerEmail(),
        said.taxIdentity(),
        row.invoiceGrouping(),
        row.holds().stream().map(HoldResource::of).toList());
  }

  private Said said(TenantId id, TenantRow row) {
    Recent recent = WithoutDatabase.here() ? recently.find(id) : null;
    if (recent != null
        && Objects.equals(recent.sealedEmail(), row.ownerEmail())
        && Objects.equals(recent.sealedTaxIdentity(), row.taxIdentity())) {
      recent.standing().assume();
      return recent.said();
    }
    List<SubscriptionRow> all = subscriptions.of(id.value());
    SubscriptionRow speaking = subscriptions.speaking(all, null).orElse(null);
    Said said =
        new Said(
            speaking == null ? null : speaking.status(),
            ActiveCycle.of(speaking),
            subscriptions.provisioning(id.value()),
            opened(id, row.ownerEmail()),
            opened(id, row.taxIdentity()));
    if (all.size() < 2
        && said.ownerEmail() != null
        && said.provisioning() == ProvisioningStatus.DONE) {
      recently.keep(
          id,
          new Recent(
              new TenantStanding(
                  id.value(),
                  speaking == null ? null : speaking.subscriptionId() + " " + speaking.version()),
              row.ownerEmail(),
              row.taxIdentity(),
              said));
    }
    return said;
  }

  private String opened(TenantId id, Sealed sealed) {
    return sealed == null ? null : vault.open(id, sealed).orElse(null);
  }

  private static Rejected unknown(TenantId id) {
    return new Rejected(new TenantUnknown(id));
  }
}
