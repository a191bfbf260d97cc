package io.billingledger.journal;

import io.billingledger.journal.CalendarCommand.ApprovePeriodChange;
import io.billingledger.journal.CalendarCommand.RejectPeriodChange;
import io.billingledger.journal.CalendarCommand.RequestPeriodChange;
import io.billingledger.kernel.CalendarId;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/** Axon's shell around {@link CalendarState}. */
public class AccountingCalendar {
  @AggregateIdentifier private CalendarId id;
  private CalendarState state = CalendarState.NONE;

  public AccountingCalendar() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(RequestPeriodChange command) {
    state.decide(command).forEach(AggregateLifecycle::apply);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(ApprovePeriodChange command) {
    state.decide(command).forEach(AggregateLifecycle::apply);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(RejectPeriodChange command) {
    state.decide(command).forEach(AggregateLifecycle::apply);
  }

  @EventSourcingHandler
  void on(CalendarEvent event) {
    id = event.calendarId();
    state = state.evolve(event);
  }
}
