package io.billingledger.view.journal;

import io.billingledger.journal.Account;
import io.billingledger.journal.ChartEvent;
import io.billingledger.journal.ChartEvent.AccountClosed;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import org.hibernate.annotations.Immutable;

/** One naming of an account, or its closing under its last name. */
@Entity
@Immutable
@Table(name = "view_chart_account")
public class ChartRow {
  @Id private long sequence;
  private String legalEntityId;

  @Enumerated(EnumType.STRING)
  private Account account;

  private String detail;
  private String number;
  private String name;
  private LocalDate namedOn;
  private Instant namedAt;
  private String namedBy;
  private boolean closed;

  protected ChartRow() {}

  /**
   * @param sequence in the chart's stream
   */
  ChartRow(ChartEvent event, long sequence, LocalDate namedOn) {
    this.sequence = sequence;
    this.namedOn = namedOn;
    this.legalEntityId = event.legalEntityId();
    this.account = event.account();
    this.detail = event.detail();
    this.number = event.number();
    this.name = event.name();
    this.namedAt = event.at();
    this.namedBy = event.by();
    this.closed = event instanceof AccountClosed;
  }

  public long sequence() {
    return sequence;
  }

  public Account account() {
    return account;
  }

  public String detail() {
    return detail;
  }

  public String number() {
    return number;
  }

  public String name() {
    return name;
  }

  /** The accounting day from which it holds. */
  public LocalDate namedOn() {
    return namedOn;
  }

  public Instant namedAt() {
    return namedAt;
  }

  public String namedBy() {
    return namedBy;
  }

  public boolean closed() {
    return closed;
  }
}
