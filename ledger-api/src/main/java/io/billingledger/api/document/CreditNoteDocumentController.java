package io.billingledger.api.document;

import io.billingledger.document.Language;
import io.billingledger.kernel.CreditNoteId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Credit notes as documents (B41). */
@RestController
@RequestMapping("/api")
@Tag(name = "Credit notes")
class CreditNoteDocumentController {
  private final InvoiceDocuments documents;

  CreditNoteDocumentController(InvoiceDocuments documents) {
    this.documents = documents;
  }

  @GetMapping("/platform/credit-notes/{id}/document.pdf")
  @PdfAnswer
  @Operation(operationId = "getCreditNotePdf", summary = "A credit note as a PDF")
  ResponseEntity<byte[]> pdf(
      @PathVariable CreditNoteId id, @RequestParam(required = false) Language language) {
    return documents.answer(id, language);
  }

  @GetMapping("/subscriptions/credit-notes/{id}/document.pdf")
  @PdfAnswer
  @Operation(
      operationId = "getOwnCreditNotePdf",
      summary = "One of the tenant's credit notes as a PDF")
  ResponseEntity<byte[]> own(
      @PathVariable CreditNoteId id, @RequestParam(required = false) Language language) {
    return documents.answer(id, language);
  }
}
