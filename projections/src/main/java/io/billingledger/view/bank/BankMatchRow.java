package io.billingledger.view.bank;

import io.billingledger.bank.Allocation;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;

/** Which payment came with which entry. */
@Entity
@Table(name = "view_bank_match")
class BankMatchRow {
  @Id private String paymentId;
  private String entryId;
  private String invoiceId;
  private BigDecimal amount;

  protected BankMatchRow() {}

  BankMatchRow(String entryId, Allocation part) {
    this.paymentId = part.paymentId().value();
    this.entryId = entryId;
    this.invoiceId = part.invoiceId().value();
    this.amount = part.amount().getAmount();
  }
}
