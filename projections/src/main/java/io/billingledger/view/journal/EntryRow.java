package io.billingledger.view.journal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import org.hibernate.annotations.Immutable;

/** An entry of the journal, without its postings. {@link JournalWriter} writes it. */
@Entity
@Immutable
@Table(name = "view_journal_entry")
public class EntryRow {
  @Id
  @Column(name = "entry_id")
  private String id;

  private String legalEntityId;
  private String tenantId;
  private String invoiceId;
  private String causeEventId;
  private String causeType;
  private Instant postedAt;

  @Column(name = "accounting_date")
  private LocalDate date;

  private LocalDate corrects;
  private String rules;
  private long position;

  protected EntryRow() {}

  public String id() {
    return id;
  }

  public String legalEntityId() {
    return legalEntityId;
  }

  /** Null when no tenant is concerned. */
  public String tenantId() {
    return tenantId;
  }

  public String invoiceId() {
    return invoiceId;
  }

  public String causeEventId() {
    return causeEventId;
  }

  public String causeType() {
    return causeType;
  }

  public Instant postedAt() {
    return postedAt;
  }

  /** The accounting date. */
  public LocalDate date() {
    return date;
  }

  /** A day of the earlier period that it corrects; null if none. */
  public LocalDate corrects() {
    return corrects;
  }

  public String rules() {
    return rules;
  }

  /** Of its event in the event store: its place in lists. */
  public long position() {
    return position;
  }
}
