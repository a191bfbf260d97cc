package io.billingledger.tenant;

import io.billingledger.kernel.Applied;
import io.billingledger.kernel.StaleVersion;
import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.TenantCommand.ActivateTenant;
import io.billingledger.tenant.TenantCommand.ChooseInvoiceGrouping;
import io.billingledger.tenant.TenantCommand.CompleteProvisioning;
import io.billingledger.tenant.TenantCommand.LiftDunningHold;
import io.billingledger.tenant.TenantCommand.NoteSubscription;
import io.billingledger.tenant.TenantCommand.PlaceDunningHold;
import io.billingledger.tenant.TenantCommand.RegisterTenant;
import io.billingledger.tenant.TenantCommand.SuspendTenant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/** Axon's shell around {@link TenantState}. */
public class Tenant {
  @AggregateIdentifier private TenantId id;
  private TenantState state = TenantState.NONE;

  public Tenant() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(RegisterTenant command) {
    if (id != null) {
      return;
    }
    Applied.to(command.tenantId(), TenantState.decide(command));
  }

  @CommandHandler
  public void handle(CompleteProvisioning command) {
    Applied.to(id, state.decide(command));
  }

  @CommandHandler
  public void handle(SuspendTenant command) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    Applied.to(id, state.decide(command));
  }

  @CommandHandler
  public void handle(ActivateTenant command) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    Applied.to(id, state.decide(command));
  }

  @CommandHandler
  public void handle(ChooseInvoiceGrouping command) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    Applied.to(id, state.decide(command));
  }

  @CommandHandler
  public void handle(PlaceDunningHold command) {
    Applied.to(id, state.decide(command));
  }

  @CommandHandler
  public void handle(LiftDunningHold command) {
    Applied.to(id, state.decide(command));
  }

  @CommandHandler
  public void handle(NoteSubscription command) {
    Applied.to(id, state.decide(command));
  }

  @EventSourcingHandler
  void on(TenantEvent event) {
    id = event.tenantId();
    state = state.evolve(event);
  }
}
