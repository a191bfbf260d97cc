package io.billingledger.provisioning;

import io.billingledger.kernel.Applied;
import io.billingledger.kernel.ProvisioningId;
import io.billingledger.provisioning.ProvisioningCommand.BeginProvisioning;
import io.billingledger.provisioning.ProvisioningCommand.CompleteTask;
import io.billingledger.provisioning.ProvisioningCommand.FailTask;
import io.billingledger.provisioning.ProvisioningCommand.PurgeProvisioned;
import io.billingledger.provisioning.ProvisioningCommand.RerunProvisioning;
import io.billingledger.provisioning.ProvisioningCommand.RetryTask;
import io.billingledger.provisioning.ProvisioningCommand.StartTask;
import io.billingledger.provisioning.ProvisioningCommand.SuspendProvisioned;
import io.billingledger.provisioning.ProvisioningCommand.TerminateProvisioned;
import io.billingledger.provisioning.ProvisioningCommand.UnsuspendProvisioned;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;

/** Axon's shell around {@link ProvisioningState} and {@link ProvisioningDecider}. */
public class Provisioning {
  @AggregateIdentifier private ProvisioningId id;
  private ProvisioningState state = ProvisioningState.NONE;

  public Provisioning() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(BeginProvisioning command, ProvisioningRules rules) {
    if (id != null) {
      return;
    }
    Applied.to(command.tenantId(), decider(command).decide(command, rules).events());
  }

  @CommandHandler
  public void handle(SuspendProvisioned command, ProvisioningRules rules) {
    apply(decider(command).decide(command, rules));
  }

  @CommandHandler
  public void handle(UnsuspendProvisioned command, ProvisioningRules rules) {
    apply(decider(command).decide(command, rules));
  }

  @CommandHandler
  public void handle(TerminateProvisioned command, ProvisioningRules rules) {
    apply(decider(command).decide(command, rules));
  }

  @CommandHandler
  public void handle(PurgeProvisioned command, ProvisioningRules rules) {
    apply(decider(command).decide(command, rules));
  }

  @CommandHandler
  public void handle(RerunProvisioning command, ProvisioningRules rules) {
    apply(decider(command).decide(command, rules));
  }

  @CommandHandler
  public boolean handle(StartTask command) {
    ProvisioningDecider decider = decider(command);
    boolean wanted = decider.decide(command);
    apply(decider);
    return wanted;
  }

  @CommandHandler
  public void handle(CompleteTask command) {
    apply(decider(command).decide(command));
  }

  @CommandHandler
  public void handle(FailTask command, ProvisioningRules rules) {
    apply(decider(command).decide(command, rules.retries()));
  }

  @CommandHandler
  public void handle(RetryTask command) {
    apply(decider(command).decide(command));
  }

  @EventSourcingHandler
  void on(ProvisioningEvent event) {
    id = event.provisioningId();
    state = state.evolve(event);
  }

  private ProvisioningDecider decider(ProvisioningCommand command) {
    return new ProvisioningDecider(state, command.at());
  }

  private void apply(ProvisioningDecider decided) {
    Applied.to(state.known().tenantId(), decided.events());
  }
}
