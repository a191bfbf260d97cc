package io.billingledger.view.bank;

import io.billingledger.invoice.InvoiceEvent.PaymentRecorded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A payment by the event that posted it to the books. */
@Entity
@Table(name = "view_bank_payment")
class BankPaymentRow {
  @Id private String paymentId;
  private String invoiceId;
  private String eventId;

  protected BankPaymentRow() {}

  BankPaymentRow(PaymentRecorded e, String eventId) {
    this.paymentId = e.paymentId().value();
    this.invoiceId = e.invoiceId().value();
    this.eventId = eventId;
  }
}
