package io.billingledger.view.revenue;

import io.billingledger.catalog.RevenueMethod;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.revenue.RevenueLine;
import io.billingledger.revenue.RevenueSchedule;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** A part of an invoice's revenue, and how much of it is recognised. */
@Entity
@Table(name = "view_revenue_line")
public class RevenueRow {

  @Embeddable
  record Key(String invoiceId, String lineKey) {}

  @EmbeddedId private Key key;
  private String tenantId;
  private String legalEntityId;
  private String productCode;
  private String lineId;

  @Column(name = "currency_code")
  private String currency;

  private BigDecimal amount;
  private LocalDate fromDay;
  private LocalDate toDay;

  @Enumerated(EnumType.STRING)
  private RevenueMethod method;

  private LocalDate bookedOn;
  private BigDecimal recognised;
  private LocalDate recognisedTo;

  protected RevenueRow() {}

  /**
   * @param bookedOn accounting day on which it came into the books
   */
  RevenueRow(
      RevenueLine line,
      String tenantId,
      String legalEntityId,
      String productCode,
      LocalDate bookedOn) {
    this.key = new Key(line.invoiceId().value(), line.key());
    this.tenantId = tenantId;
    this.legalEntityId = legalEntityId;
    this.productCode = productCode;
    this.lineId = line.lineId();
    this.currency = line.schedule().amount().getCurrencyUnit().getCode();
    this.amount = line.schedule().amount().getAmount();
    this.fromDay = line.schedule().from();
    this.toDay = line.schedule().to();
    this.method = line.schedule().method();
    this.bookedOn = bookedOn;
    this.recognised = BigDecimal.ZERO;
  }

  /** The same invoice, tenant and product. */
  RevenueRow beside(RevenueLine line, LocalDate day) {
    return new RevenueRow(line, tenantId, legalEntityId, productCode, day);
  }

  /** Of each month once. */
  void recognise(Money earned, LocalDate monthEnd) {
    if (recognisedTo == null || monthEnd.isAfter(recognisedTo)) {
      recognised = recognised.add(earned.getAmount());
      recognisedTo = monthEnd;
    }
  }

  public RevenueLine line() {
    return new RevenueLine(
        new InvoiceId(key.invoiceId()),
        key.lineKey(),
        lineId,
        new RevenueSchedule(money(amount), fromDay, toDay, method));
  }

  public String invoiceId() {
    return key.invoiceId();
  }

  public String lineKey() {
    return key.lineKey();
  }

  public String tenantId() {
    return tenantId;
  }

  public String legalEntityId() {
    return legalEntityId;
  }

  public String productCode() {
    return productCode;
  }

  /** Accounting day on which it came into the books. */
  public LocalDate bookedOn() {
    return bookedOn;
  }

  public Money recognised() {
    return money(recognised);
  }

  /** When what is not recognised yet is earned: months that were passed over count in the next. */
  SortedMap<YearMonth, Money> planned() {
    SortedMap<YearMonth, Money> planned = new TreeMap<>();
    Money passed = recognised();
    for (Map.Entry<YearMonth, Money> month : line().schedule().months().entrySet()) {
      Money earned = month.getValue();
      boolean covered = passed.getAmount().abs().compareTo(earned.getAmount().abs()) >= 0;
      Money left = covered ? earned.minus(earned) : earned.minus(passed);
      passed = covered ? passed.minus(earned) : passed.minus(passed);
      if (!left.isZero()) {
        planned.put(month.getKey(), left);
      }
    }
    return planned;
  }

  private Money money(BigDecimal of) {
    return Money.of(CurrencyUnit.of(currency), of);
  }
}
