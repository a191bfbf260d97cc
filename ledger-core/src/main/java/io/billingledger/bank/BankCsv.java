package io.billingledger.bank;

import io.billingledger.bank.BankCommand.DescribeCsv;
import io.billingledger.bank.BankEvent.CsvDescribed;
import io.billingledger.kernel.BankCsvMappingId;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;

/**
 * How one bank's CSV files are read. The last description holds; the same again changes nothing.
 */
public class BankCsv {
  @AggregateIdentifier private BankCsvMappingId id;
  private CsvMapping mapping;

  public BankCsv() {}

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  public void handle(DescribeCsv command) {
    if (!command.mapping().equals(mapping)) {
      AggregateLifecycle.apply(
          new CsvDescribed(command.mappingId(), command.mapping(), command.at()));
    }
  }

  @EventSourcingHandler
  void on(CsvDescribed event) {
    id = event.mappingId();
    mapping = event.mapping();
  }
}
