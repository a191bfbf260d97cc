package io.billingledger.view.invoice;

import io.billingledger.invoice.CreditNote;
import io.billingledger.invoice.InvoiceEvent.CreditNoteIssued;
import io.billingledger.invoice.InvoiceEvent.CreditNoteReversed;
import io.billingledger.view.RowJson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** A credit note in lists; the same note stands on its invoice. */
@Entity
@Table(name = "view_credit_note")
public class CreditNoteRow {
  @Id
  @Column(name = "credit_note_id")
  private String id;

  private String tenantId;
  private String invoiceId;
  private String creditNoteNumber;
  private String note;
  private Instant reversedAt;
  private String reversalReason;
  private long invoiceVersion;
  private long createdPosition;

  protected CreditNoteRow() {}

  CreditNoteRow(CreditNoteIssued e, long invoiceVersion, long position) {
    this.id = e.note().id().value();
    this.tenantId = e.tenantId().value();
    this.invoiceId = e.invoiceId().value();
    this.creditNoteNumber = e.note().number();
    this.note = RowJson.write(List.of(e.note()));
    this.invoiceVersion = invoiceVersion;
    this.createdPosition = position;
  }

  void reversed(CreditNoteReversed e, long version) {
    this.reversedAt = e.at();
    this.reversalReason = e.reason();
    this.invoiceVersion = version;
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

  public CreditNote note() {
    return RowJson.read(note, CreditNote.class).getFirst();
  }

  /** Null while it stands. */
  public Instant reversedAt() {
    return reversedAt;
  }

  public String reversalReason() {
    return reversalReason;
  }

  /** Of the invoice, when this note was last touched. */
  public long invoiceVersion() {
    return invoiceVersion;
  }

  /** Its place in lists. */
  public long createdPosition() {
    return createdPosition;
  }
}
