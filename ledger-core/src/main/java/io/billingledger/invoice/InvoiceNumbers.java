package io.billingledger.invoice;

import io.billingledger.kernel.Claims;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.tenant.LegalEntity;
import java.time.Instant;

/** Numbers of the form {@code {entity}-{year}-{000001}}, gapless in each series. */
final class InvoiceNumbers {
  private InvoiceNumbers() {}

  /** The year is that of the issue in the legal entity's zone. */
  static String next(Claims claims, LegalEntity entity, InvoiceId holder, Instant issuedAt) {
    String series = entity.code() + "-" + issuedAt.atZone(entity.zone()).getYear();
    return "%s-%06d"
        .formatted(series, claims.next(Claims.Kind.INVOICE_NUMBER, series, holder.value()));
  }
}
