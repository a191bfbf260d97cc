package io.billingledger.view.account;

import io.billingledger.credit.CreditEvent;
import io.billingledger.credit.CreditEvent.CreditDrawn;
import io.billingledger.credit.CreditEvent.CreditExpired;
import io.billingledger.credit.CreditEvent.CreditGiven;
import io.billingledger.credit.CreditEvent.CreditGranted;
import io.billingledger.credit.CreditEvent.CreditReturned;
import io.billingledger.credit.CreditEvent.CreditTakenBack;
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
    Where where =
        new Where(movements, new CreditMovement.Key(event.creditId().value(), sequence), tenant);
    switch (event) {
      case CreditGranted e ->
          movements.add(where.moved(Kind.GRANTED, e.key(), e.invoiceId(), e.amount(), e.at()));
      case CreditGiven e ->
          movements.add(
              where
                  .moved(Kind.GIVEN, e.key(), null, e.amount(), e.at())
                  .given(e.reason(), e.expiresAt()));
      case CreditDrawn e ->
          movements.add(where.moved(Kind.DRAWN, null, e.invoiceId(), e.amount().negated(), e.at()));
      case CreditReturned e ->
          movements.add(where.moved(Kind.RETURNED, null, e.invoiceId(), e.amount(), e.at()));
      case CreditExpired e ->
          movements.add(where.moved(Kind.EXPIRED, e.key(), null, e.amount().negated(), e.at()));
      case CreditTakenBack e ->
          movements.add(
              where.moved(Kind.TAKEN_BACK, e.key(), e.invoiceId(), e.amount().negated(), e.at()));
    }
  }

  private record Where(CreditMovements movements, CreditMovement.Key key, String tenant) {
    CreditMovement moved(Kind kind, String causeKey, InvoiceId invoice, Money amount, Instant at) {
      Money before = movements.balance(key.creditId(), amount.getCurrencyUnit());
      return new CreditMovement(
          key,
          tenant,
          kind,
          causeKey,
          invoice == null ? null : invoice.value(),
          amount,
          before,
          at);
    }
  }

  @ResetHandler
  public void reset() {
    movements.removeAll();
  }
}
