package io.billingledger.view.tenant;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.tenant.Hold;
import io.billingledger.tenant.HoldKind;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** A hold that restricts its tenant now; it goes when it is lifted. */
@Entity
@IdClass(HoldRow.Key.class)
@Table(name = "view_tenant_hold")
class HoldRow {
  record Key(String tenantId, String key) implements Serializable {}

  @Id
  @Column(name = "tenant_id")
  private String tenantId;

  @Id
  @Column(name = "hold_key")
  private String key;

  @Enumerated(EnumType.STRING)
  private HoldKind kind;

  private String invoiceId;
  private String reason;
  private String placedBy;
  private Instant since;

  protected HoldRow() {}

  HoldRow(String tenantId, Hold hold) {
    this.tenantId = tenantId;
    key = hold.key();
    kind = hold.kind();
    invoiceId = hold.invoiceId() == null ? null : hold.invoiceId().value();
    reason = hold.reason();
    placedBy = hold.placedBy();
    since = hold.since();
  }

  String key() {
    return key;
  }

  HoldKind kind() {
    return kind;
  }

  Hold hold() {
    return new Hold(
        key, kind, invoiceId == null ? null : new InvoiceId(invoiceId), reason, placedBy, since);
  }
}
