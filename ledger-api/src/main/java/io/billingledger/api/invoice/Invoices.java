package io.billingledger.api.invoice;

import io.billingledger.api.invoice.InvoiceBody.Side;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.invoice.InvoiceRejection.InvoiceUnknown;
import io.billingledger.invoice.InvoiceRejection.ProofUnknown;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.ProofId;
import io.billingledger.kernel.Rejected;
import io.billingledger.proof.ProofFileType;
import io.billingledger.proof.ProofFiles;
import io.billingledger.view.invoice.InvoiceRow;
import io.billingledger.view.invoice.InvoiceRows;
import io.billingledger.view.invoice.InvoiceRows.Filter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Finds invoices for both sides. Whose they are is decided by the scope of the request: another
 * tenant's invoice does not exist, in the view and in the history.
 */
@Component
class Invoices {
  private final InvoiceRows rows;
  private final EventStore history;
  private final ProofFiles files;

  Invoices(InvoiceRows rows, EventStore history, ProofFiles files) {
    this.rows = rows;
    this.history = history;
    this.files = files;
  }

  Page<InvoiceBody> list(Filter filter, Paging paging, Instant now, Side side) {
    Cursor below = paging.newestFirst();
    List<InvoiceRow> found = rows.list(filter, now, below.position(), below.id(), paging.fetch());
    return paging
        .page(found, row -> new Cursor(row.createdPosition(), row.id()))
        .map(row -> InvoiceBody.of(row, now, side));
  }

  /** As the view has it. */
  InvoiceRow read(InvoiceId id) {
    return rows.find(id.value()).orElseThrow(() -> new Rejected(new InvoiceUnknown(id)));
  }

  /** As its history has it, what this request has done included. */
  InvoiceRow current(InvoiceId id) {
    return rows.current(id, history).orElseThrow(() -> new Rejected(new InvoiceUnknown(id)));
  }

  /** Offered under a name of ours, never shown in place: nobody's browser shall interpret it. */
  ResponseEntity<byte[]> proofFile(InvoiceId id, ProofId proofId) {
    InvoiceRow.Proof proof =
        read(id).proof(proofId).orElseThrow(() -> new Rejected(new ProofUnknown(proofId)));
    byte[] content =
        files
            .open(proof.fileSha256())
            .orElseThrow(() -> new IllegalStateException("the file of " + proofId + " is gone"));
    String extension =
        Arrays.stream(ProofFileType.values())
            .filter(type -> type.mediaType().equals(proof.contentType()))
            .findFirst()
            .map(ProofFileType::extension)
            .orElse("bin");
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(proof.contentType()))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(proofId + "." + extension).build().toString())
        .header("X-Content-Type-Options", "nosniff")
        .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
        .body(content);
  }
}
