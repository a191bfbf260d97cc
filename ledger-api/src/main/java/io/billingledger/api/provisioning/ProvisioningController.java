package io.billingledger.api.provisioning;

import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.ProvisioningId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.TenantId;
import io.billingledger.provisioning.ProvisioningCommand.BeginProvisioning;
import io.billingledger.provisioning.ProvisioningCommand.PurgeProvisioned;
import io.billingledger.provisioning.ProvisioningCommand.RerunProvisioning;
import io.billingledger.provisioning.ProvisioningEvent;
import io.billingledger.provisioning.ProvisioningRejection.ProvisioningUnknown;
import io.billingledger.tenant.TenantRejection.TenantUnknown;
import io.billingledger.view.StreamView;
import io.billingledger.view.provisioning.ProvisioningProjection;
import io.billingledger.view.provisioning.TenantProvisioningRow;
import io.billingledger.wiring.TenantHistory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Provisioning, as the platform's people see it. */
@RestController
@RequestMapping("/api/platform/tenants/{tenant}")
@Tag(name = "Tenants")
class ProvisioningController {
  private final Commands commands;
  private final EventStore history;
  private final TenantHistory tenants;
  private final StreamView<ProvisioningEvent, TenantProvisioningRow> provisionings;

  ProvisioningController(
      Commands commands, EventStore history, TenantHistory tenants, EntityManager rows) {
    this.commands = commands;
    this.history = history;
    this.tenants = tenants;
    this.provisionings = ProvisioningProjection.provisionings(rows);
  }

  @GetMapping("/provisioning-tasks")
  @Operation(
      operationId = "listProvisioningTasks",
      summary = "Every step of every operation: how far it is, how often it was tried, and why not")
  Page<ProvisioningResource.Task> tasks(@PathVariable TenantId tenant, Paging paging) {
    mustExist(tenant);
    return paging
        .of(
            provisionings
                .find(ProvisioningId.of(tenant))
                .map(TenantProvisioningRow::tasks)
                .orElse(List.of()),
            row -> new Cursor(row.operation(), "%04d".formatted(row.place())))
        .map(ProvisioningResource.Task::of);
  }

  @PostMapping("/provision")
  @Operation(
      operationId = "provisionTenant",
      summary = "Run provisioning again: what failed is tried anew, what succeeded is left alone")
  ProvisioningResource provision(@PathVariable TenantId tenant, Caller caller, @Now Instant at) {
    mustExist(tenant);
    ProvisioningId id = ProvisioningId.of(tenant);
    if (history.lastSequenceNumberFor(id.value()).isEmpty()) {
      commands.send(
          new BeginProvisioning(
              id,
              tenant,
              tenants.registration(tenant).deploymentType(),
              "run by " + caller.actor(),
              at),
          caller.actor());
    } else {
      commands.send(new RerunProvisioning(id, caller.actor().name(), at), caller.actor());
    }
    return current(id);
  }

  @PostMapping("/purge")
  @Operation(
      operationId = "purgeTenant",
      summary = "Drop the data of a terminated tenant for ever, once its retention is over")
  ProvisioningResource purge(@PathVariable TenantId tenant, Caller caller, @Now Instant at) {
    mustExist(tenant);
    ProvisioningId id = ProvisioningId.of(tenant);
    if (history.lastSequenceNumberFor(id.value()).isEmpty()) {
      throw new Rejected(new ProvisioningUnknown());
    }
    commands.send(new PurgeProvisioned(id, caller.actor().name(), at), caller.actor());
    return current(id);
  }

  private ProvisioningResource current(ProvisioningId id) {
    return provisionings.current(id, history).map(ProvisioningResource::of).orElseThrow();
  }

  private void mustExist(TenantId tenant) {
    if (history.lastSequenceNumberFor(tenant.value()).isEmpty()) {
      throw new Rejected(new TenantUnknown(tenant));
    }
  }
}
