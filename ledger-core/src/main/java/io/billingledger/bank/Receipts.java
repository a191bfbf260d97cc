package io.billingledger.bank;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PaymentId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.joda.money.Money;

/** The payments on invoices as a bank entry reaches them, in its own unit of work. */
public interface Receipts {
  /**
   * Records a payment; the same payment again changes nothing.
   *
   * @param bookedOn by the bank
   * @throws io.billingledger.kernel.Rejected when the invoice refuses
   */
  void pay(
      InvoiceId invoice,
      PaymentId payment,
      Money amount,
      String reference,
      LocalDate bookedOn,
      Instant at);

  /** What was recorded as this payment; empty if the invoice has no such payment. */
  Optional<Money> recorded(InvoiceId invoice, PaymentId payment);
}
