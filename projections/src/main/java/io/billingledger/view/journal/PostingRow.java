package io.billingledger.view.journal;

import io.billingledger.journal.Account;
import io.billingledger.journal.JournalEntry;
import io.billingledger.journal.Posting;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.SQLInsert;
import org.hibernate.jdbc.Expectation;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** One side of an entry; a debit is positive. */
@Entity
@Immutable
@Table(name = "view_journal_posting")
@SQLInsert(
    sql =
        "insert into view_journal_posting (account, amount, currency_code, posted_at, tenant_id,"
            + " entry_id, line_no) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
    verify = Expectation.None.class)
public class PostingRow {

  /**
   * @param lineNo in the entry, from 1
   */
  @Embeddable
  record Key(String entryId, int lineNo) {}

  @EmbeddedId private Key key;
  private String tenantId;

  @Enumerated(EnumType.STRING)
  private Account account;

  @Column(name = "currency_code")
  private String currency;

  private BigDecimal amount;
  private Instant postedAt;

  protected PostingRow() {}

  PostingRow(JournalEntry entry, int lineNo) {
    Posting posting = entry.postings().get(lineNo - 1);
    this.key = new Key(entry.id().value(), lineNo);
    this.tenantId = entry.tenantId().value();
    this.account = posting.account();
    this.currency = posting.amount().getCurrencyUnit().getCode();
    this.amount = posting.amount().getAmount();
    this.postedAt = entry.at();
  }

  public String entryId() {
    return key.entryId();
  }

  public Account account() {
    return account;
  }

  public Money amount() {
    return Money.of(CurrencyUnit.of(currency), amount);
  }
}
