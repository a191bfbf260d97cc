package io.billingledger.catalog;

import io.billingledger.catalog.CatalogCommand.PublishPlan;
import io.billingledger.catalog.CatalogCommand.PublishPlanVersion;
import io.billingledger.catalog.CatalogCommand.RetirePlan;
import io.billingledger.catalog.CatalogEvent.PlanEvent;
import io.billingledger.catalog.CatalogRejection.PlanCodeTaken;
import io.billingledger.catalog.CatalogRejection.ProductUnknown;
import io.billingledger.kernel.Claims;
import io.billingledger.kernel.PlanId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.StaleVersion;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/** Axon's shell around {@link PlanState}. */
public class Plan {
  @AggregateIdentifier private PlanId id;
  private PlanState state = PlanState.NONE;

  public Plan() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(PublishPlan command, Claims claims) {
    if (id != null) {
      return;
    }
    if (claims.holder(Claims.Kind.PRODUCT_CODE, command.productCode()).isEmpty()) {
      throw new Rejected(new ProductUnknown(command.productCode()));
    }
    var events = PlanState.decide(command);
    String plan = command.planId().value();
    if (!claims.claim(Claims.Kind.PLAN_CODE, command.code(), plan).equals(plan)) {
      throw new Rejected(new PlanCodeTaken(command.code()));
    }
    events.forEach(AggregateLifecycle::apply);
  }

  @CommandHandler
  public void handle(PublishPlanVersion command) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    state.decide(command).forEach(AggregateLifecycle::apply);
  }

  @CommandHandler
  public void handle(RetirePlan command) {
    StaleVersion.check(command.expectedVersion(), AggregateLifecycle.getVersion());
    state.decide(command).forEach(AggregateLifecycle::apply);
  }

  @EventSourcingHandler
  void on(PlanEvent event) {
    id = event.planId();
    state = state.evolve(event);
  }
}
