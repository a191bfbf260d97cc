package io.billingledger.view.account;

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
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** One change of a tenant's credit. */
@Entity
@Immutable
@Table(name = "view_credit_movement")
public class CreditMovement {

  /** What moved it. */
  public enum Kind {
    GRANTED,
    GIVEN,
    DRAWN,
    RETURNED,
    EXPIRED,
    TAKEN_BACK
  }

  /**
   * @param sequence of the event in the history of this credit
   */
  @Embeddable
  record Key(String creditId, long sequence) {}

  @EmbeddedId private Key key;
  private String tenantId;

  @Enumerated(EnumType.STRING)
  private Kind kind;

  private String causeKey;
  private String invoiceId;

  @Column(name = "currency_code")
  private String currency;

  private BigDecimal amount;
  private BigDecimal balance;
  private Instant movedAt;
  private String reason;
  private Instant expiresAt;

  protected CreditMovement() {}

  /**
   * @param causeKey names the grant that came or went; null when drawn or returned
   * @param invoiceId null when no invoice is concerned
   * @param amount negative when it went
   * @param before the balance before it
   */
  CreditMovement(
      Key key,
      String tenantId,
      Kind kind,
      String causeKey,
      String invoiceId,
      Money amount,
      Money before,
      Instant movedAt) {
    this.key = key;
    this.tenantId = tenantId;
    this.kind = kind;
    this.causeKey = causeKey;
    this.invoiceId = invoiceId;
    this.currency = amount.getCurrencyUnit().getCode();
    this.amount = amount.getAmount();
    this.balance = before.plus(amount).getAmount();
    this.movedAt = movedAt;
  }

  /** Of credit that a person gave. */
  CreditMovement given(String because, Instant until) {
    this.reason = because;
    this.expiresAt = until;
    return this;
  }

  public String reason() {
    return reason;
  }

  /** From then on it cannot be drawn; null for never. */
  public Instant expiresAt() {
    return expiresAt;
  }

  public long sequence() {
    return key.sequence();
  }

  public Kind kind() {
    return kind;
  }

  public String causeKey() {
    return causeKey;
  }

  public String invoiceId() {
    return invoiceId;
  }

  public Money amount() {
    return Money.of(CurrencyUnit.of(currency), amount);
  }

  public Money balance() {
    return Money.of(CurrencyUnit.of(currency), balance);
  }

  public Instant movedAt() {
    return movedAt;
  }
}
