package io.billingledger.view.journal;

import io.billingledger.journal.JournalEntry;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.SQLInsert;
import org.hibernate.jdbc.Expectation;

/** An entry of the journal, without its postings. One that is there already stays as it is. */
@Entity
@Immutable
@Table(name = "view_journal_entry")
@SQLInsert(
    sql =
        "insert into view_journal_entry (cause_event_id, cause_type, invoice_id, position,"
            + " posted_at, rules, tenant_id, entry_id) values (?, ?, ?, ?, ?, ?, ?, ?)"
            + " on conflict do nothing",
    verify = Expectation.None.class)
public class EntryRow {
  @Id
  @Column(name = "entry_id")
  private String id;

  private String tenantId;
  private String invoiceId;
  private String causeEventId;
  private String causeType;
  private Instant postedAt;
  private String rules;
  private long position;

  protected EntryRow() {}

  /**
   * @param position of its event in the event store: its place in lists
   */
  EntryRow(JournalEntry entry, long position) {
    this.id = entry.id().value();
    this.tenantId = entry.tenantId().value();
    this.invoiceId = entry.invoiceId() == null ? null : entry.invoiceId().value();
    this.causeEventId = entry.causeEventId();
    this.causeType = entry.causeType();
    this.postedAt = entry.at();
    this.rules = entry.rules();
    this.position = position;
  }

  public String id() {
    return id;
  }

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

  public String rules() {
    return rules;
  }

  public long position() {
    return position;
  }
}
