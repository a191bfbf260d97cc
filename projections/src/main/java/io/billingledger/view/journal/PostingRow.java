package io.billingledger.view.journal;

import io.billingledger.journal.Account;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.hibernate.annotations.Immutable;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** One side of an entry; a debit is positive. {@link JournalWriter} writes it. */
@Entity
@Immutable
@Table(name = "view_journal_posting")
public class PostingRow {

  /**
   * @param lineNo in the entry, from 1
   */
  @Embeddable
  record Key(String entryId, int lineNo) {}

  @EmbeddedId private Key key;
  private String legalEntityId;
  private String tenantId;

  @Enumerated(EnumType.STRING)
  private Account account;

  private String detail;

  @Column(name = "currency_code")
  private String currency;

  private BigDecimal amount;
  private Instant postedAt;

  @Column(name = "accounting_date")
  private LocalDate date;

  protected PostingRow() {}

  public String entryId() {
    return key.entryId();
  }

  public Account account() {
    return account;
  }

  /** Which of the accounts of this kind; empty where there is one. */
  public String detail() {
    return detail;
  }

  public Money amount() {
    return Money.of(CurrencyUnit.of(currency), amount);
  }
}
