package io.billingledger.view.account;

import io.billingledger.credit.CreditEvent;
import io.billingledger.credit.CreditEvent.CreditDrawn;
import io.billingledger.credit.CreditEvent.CreditGranted;
import io.billingledger.credit.CreditEvent.CreditReturned;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.MetaKeys;
import io.billingledger.view.ViewGroups;
import io.billingledger.view.account.CreditMovement.Kind;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.joda.money.Money;

/** Keeps the movements of every tenant's credit; stands with the invoices that cause them. */
@ProcessingGroup(ViewGroups.VIEWS)
public class CreditProjection {
  private final CreditMovements movements;

  public CreditProjection(CreditMovements movements) {
    this.movements = movements;
  }

  @EventHandler
  public void on(
      CreditEvent event,
      @SequenceNumber long sequence,
      @MetaDataValue(value = MetaKeys.TENANT, required = true) String tenant) {
    Where where = new Where(new CreditMovement.Key(event.creditId().value(), sequence), tenant);
    switch (event) {
      case CreditGranted e -> add(where, Kind.GRANTED, e.key(), e.invoiceId(), e.amount(), e.at());
      case CreditDrawn e ->
          add(where, Kind.DRAWN, null, e.invoiceId(), e.amount().negated(), e.at());
      case CreditReturned e -> add(where, Kind.RETURNED, null, e.invoiceId(), e.amount(), e.at());
    }
  }

  private record Where(CreditMovement.Key key, String tenant) {}

  private void add(
      Where where, Kind kind, String causeKey, InvoiceId invoice, Money amount, Instant at) {
    Money before = movements.balance(where.key().creditId(), amount.getCurrencyUnit());
    movements.add(
        new CreditMovement(
            where.key(), where.tenant(), kind, causeKey, invoice.value(), amount, before, at));
  }

  @ResetHandler
  public void reset() {
    movements.removeAll();
  }
}
