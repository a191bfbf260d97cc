package io.billingledger.wiring;

import io.billingledger.bank.Receipts;
import io.billingledger.invoice.InvoiceCommand.RecordPayment;
import io.billingledger.invoice.InvoiceEvent.PaymentRecorded;
import io.billingledger.invoice.InvoiceRejection.InvoiceUnknown;
import io.billingledger.invoice.PaymentMethod;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.MetaKeys;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.Rejected;
import io.billingledger.tenant.LegalEntity;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.joda.money.Money;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * How a bank entry reaches invoices: within the match's own unit of work, in the name of whoever
 * confirms it. The bank's day is one of the legal entity's zone.
 */
@Component
class BankReceipts implements Receipts {
  private final Commands commands;
  private final EventStore events;
  private final LegalEntity legalEntity;

  BankReceipts(@Lazy Commands commands, @Lazy EventStore events, LegalEntity legalEntity) {
    this.commands = commands;
    this.events = events;
    this.legalEntity = legalEntity;
  }

  @Override
  public void pay(
      InvoiceId invoice,
      PaymentId payment,
      Money amount,
      String reference,
      LocalDate bookedOn,
      Instant at) {
    if (events.lastSequenceNumberFor(invoice.value()).isEmpty()) {
      throw new Rejected(new InvoiceUnknown(invoice));
    }
    commands.send(
        new RecordPayment(
            invoice,
            payment,
            amount,
            PaymentMethod.BANK_TRANSFER,
            reference,
            bookedOn.atStartOfDay(legalEntity.zone()).toInstant(),
            null,
            at),
        actor());
  }

  @Override
  public Optional<Money> recorded(InvoiceId invoice, PaymentId payment) {
    return events
        .readEvents(invoice.value())
        .asStream()
        .map(event -> event.getPayload())
        .filter(PaymentRecorded.class::isInstance)
        .map(PaymentRecorded.class::cast)
        .filter(recorded -> recorded.paymentId().equals(payment))
        .map(PaymentRecorded::amount)
        .findFirst();
  }

  private static Actor actor() {
    return new Actor(
        CurrentUnitOfWork.get().getMessage().getMetaData().get(MetaKeys.ACTOR).toString());
  }
}
