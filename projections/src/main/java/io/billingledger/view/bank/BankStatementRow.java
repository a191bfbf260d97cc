package io.billingledger.view.bank;

import io.billingledger.bank.BankEvent.EntryIgnored;
import io.billingledger.bank.BankEvent.EntryMatched;
import io.billingledger.bank.BankEvent.EntryReopened;
import io.billingledger.bank.BankEvent.StatementEvent;
import io.billingledger.bank.BankEvent.StatementImported;
import io.billingledger.view.StreamRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** A statement in lists. */
@Entity
@Table(name = "view_bank_statement")
public class BankStatementRow extends StreamRow<StatementEvent> {
  @Id
  @Column(name = "statement_id")
  private String id;

  private String accountId;
  private String accountNumber;
  private String currencyCode;
  private String statementNumber;
  private LocalDate fromDay;
  private LocalDate toDay;
  private BigDecimal opening;
  private BigDecimal closing;
  private int entries;
  private String format;
  private String fileSha256;
  private Instant importedAt;

  protected BankStatementRow() {}

  @Override
  protected void apply(StatementEvent event) {
    switch (event) {
      case StatementImported e -> {
        id = e.statementId().value();
        accountId = e.accountId().value();
        accountNumber = e.accountNumber();
        currencyCode = e.opening().getCurrencyUnit().getCode();
        statementNumber = e.number();
        fromDay = e.from();
        toDay = e.to();
        opening = e.opening().getAmount();
        closing = e.closing().getAmount();
        entries = e.entries().size();
        format = e.format().name();
        fileSha256 = e.fileSha256();
        importedAt = e.at();
      }
      case EntryMatched _, EntryIgnored _, EntryReopened _ -> {}
    }
  }

  public String id() {
    return id;
  }

  public String accountId() {
    return accountId;
  }

  public String accountNumber() {
    return accountNumber;
  }

  public String number() {
    return statementNumber;
  }

  public LocalDate from() {
    return fromDay;
  }

  public LocalDate to() {
    return toDay;
  }

  public Money opening() {
    return Money.of(CurrencyUnit.of(currencyCode), opening);
  }

  public Money closing() {
    return Money.of(CurrencyUnit.of(currencyCode), closing);
  }

  public int entries() {
    return entries;
  }

  public String format() {
    return format;
  }

  public String fileSha256() {
    return fileSha256;
  }

  public Instant importedAt() {
    return importedAt;
  }
}
