package io.billingledger.view.journal;

import io.billingledger.journal.ManualEntryEvent;
import io.billingledger.journal.ManualEntryEvent.EntryApproved;
import io.billingledger.journal.ManualEntryEvent.EntryProposed;
import io.billingledger.journal.ManualEntryEvent.EntryRejected;
import io.billingledger.journal.ManualEntryState.Standing;
import io.billingledger.journal.ManualLine;
import io.billingledger.view.RowJson;
import io.billingledger.view.StreamRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** An entry that a person makes, and what others decided about it. */
@Entity
@Table(name = "view_manual_entry")
public class ManualEntryRow extends StreamRow<ManualEntryEvent> {
  @Id
  @Column(name = "entry_id")
  private String id;

  private String legalEntityId;
  private String tenantId;
  private LocalDate wantedDate;
  private LocalDate accountingDate;
  private String lines;
  private String reason;
  private String reverses;
  private String invoiceId;

  @Enumerated(EnumType.STRING)
  private Standing standing;

  private String proposedBy;
  private Instant proposedAt;
  private String decidedBy;
  private Instant decidedAt;
  private String decision;

  protected ManualEntryRow() {}

  @Override
  protected void apply(ManualEntryEvent event) {
    switch (event) {
      case EntryProposed e -> {
        id = e.entryId().value();
        legalEntityId = e.legalEntityId();
        tenantId = e.tenantId() == null ? null : e.tenantId().value();
        wantedDate = e.date();
        lines = RowJson.write(e.lines());
        reason = e.reason();
        reverses = e.reverses() == null ? null : e.reverses().value();
        invoiceId = e.invoiceId() == null ? null : e.invoiceId().value();
        standing = Standing.PROPOSED;
        proposedBy = e.by();
        proposedAt = e.at();
      }
      case EntryApproved e -> {
        accountingDate = e.date();
        decided(Standing.POSTED, e.by(), e.at(), null);
      }
      case EntryRejected e -> decided(Standing.REJECTED, e.by(), e.at(), e.reason());
    }
  }

  private void decided(Standing as, String by, Instant at, String why) {
    standing = as;
    decidedBy = by;
    decidedAt = at;
    decision = why;
  }

  public String id() {
    return id;
  }

  public String legalEntityId() {
    return legalEntityId;
  }

  /** Null where it concerns none. */
  public String tenantId() {
    return tenantId;
  }

  public LocalDate wantedDate() {
    return wantedDate;
  }

  /** Null until it is posted. */
  public LocalDate accountingDate() {
    return accountingDate;
  }

  public List<ManualLine> lines() {
    return RowJson.read(lines, ManualLine.class);
  }

  public String reason() {
    return reason;
  }

  /** The entry that it takes back; null if none. */
  public String reverses() {
    return reverses;
  }

  /** The invoice that it is about; null if none. */
  public String invoiceId() {
    return invoiceId;
  }

  public Standing standing() {
    return standing;
  }

  public String proposedBy() {
    return proposedBy;
  }

  public Instant proposedAt() {
    return proposedAt;
  }

  /** Null until it is decided. */
  public String decidedBy() {
    return decidedBy;
  }

  public Instant decidedAt() {
    return decidedAt;
  }

  /** Why it was rejected; null otherwise. */
  public String decision() {
    return decision;
  }
}
