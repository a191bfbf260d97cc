package io.billingledger.view.bank;

import io.billingledger.bank.Allocation;
import io.billingledger.bank.BankEntry;
import io.billingledger.bank.BankEvent.EntryMatched;
import io.billingledger.bank.BankEvent.StatementImported;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.LocalDate;

/** An entry's place in the queue; what it says is on its statement. */
@Entity
@Table(name = "view_bank_entry")
public class BankEntryRow {

  /** What was said of an entry. */
  public enum Standing {
    /** Something of it waits for somebody. */
    OPEN,
    MATCHED,
    IGNORED
  }

  @Id
  @Column(name = "entry_id")
  private String id;

  private String statementId;
  private String accountId;
  private String lineNo;
  private LocalDate bookedOn;
  private String currencyCode;
  private BigDecimal amount;
  private BigDecimal matched;

  @Enumerated(EnumType.STRING)
  private Standing standing;

  private long createdPosition;

  protected BankEntryRow() {}

  BankEntryRow(StatementImported statement, BankEntry entry, long position) {
    this.id = entry.id().value();
    this.statementId = statement.statementId().value();
    this.accountId = statement.accountId().value();
    this.lineNo = "%06d".formatted(entry.lineNo());
    this.bookedOn = entry.bookedOn();
    this.currencyCode = entry.amount().getCurrencyUnit().getCode();
    this.amount = entry.amount().getAmount();
    this.createdPosition = position;
    reopened();
  }

  void matched(EntryMatched e) {
    for (Allocation part : e.invoices()) {
      matched = matched.add(part.amount().getAmount());
    }
    standing = matched.compareTo(amount) == 0 ? Standing.MATCHED : Standing.OPEN;
  }

  void ignored() {
    standing = Standing.IGNORED;
  }

  final void reopened() {
    matched = BigDecimal.ZERO;
    standing = amount.signum() == 0 ? Standing.MATCHED : Standing.OPEN;
  }

  public String id() {
    return id;
  }

  public String statementId() {
    return statementId;
  }

  /** With leading zeros. */
  public String lineNo() {
    return lineNo;
  }

  /** Its statement's place in lists. */
  public long createdPosition() {
    return createdPosition;
  }
}
