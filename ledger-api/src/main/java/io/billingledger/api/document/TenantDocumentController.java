package io.billingledger.api.document;

import io.billingledger.api.document.DocumentLinks.DocumentLink;
import io.billingledger.api.document.DocumentLinks.NewDocumentLink;
import io.billingledger.api.idempotency.Now;
import io.billingledger.document.Language;
import io.billingledger.document.LinkSigner.Format;
import io.billingledger.kernel.InvoiceId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Instant;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A tenant's own invoices as documents. */
@RestController
@RequestMapping("/api/subscriptions/invoices/{id}")
@Tag(name = "Invoices of the tenant")
class TenantDocumentController {
  private final InvoiceDocuments documents;
  private final DocumentLinks links;

  TenantDocumentController(InvoiceDocuments documents, DocumentLinks links) {
    this.documents = documents;
    this.links = links;
  }

  @GetMapping("/document.pdf")
  @PdfAnswer
  @Operation(operationId = "getOwnInvoicePdf", summary = "One of the tenant's invoices as a PDF")
  ResponseEntity<byte[]> pdf(
      @PathVariable InvoiceId id, @RequestParam(required = false) Language language) {
    return documents.answer(id, Format.PDF, language);
  }

  @GetMapping("/document.xml")
  @XmlAnswer
  @Operation(
      operationId = "getOwnInvoiceXml",
      summary = "One of the tenant's invoices as EN 16931 in UBL 2.1")
  ResponseEntity<byte[]> xml(@PathVariable InvoiceId id) {
    return documents.answer(id, Format.XML, null);
  }

  @PostMapping("/document-links")
  @Operation(
      operationId = "createOwnDocumentLink",
      summary = "A link that opens the document without a key, until it expires")
  DocumentLink link(
      @PathVariable InvoiceId id, @Valid @RequestBody NewDocumentLink asked, @Now Instant now) {
    return links.make(id, asked, now);
  }
}
