package io.billingledger.api.document;

import io.billingledger.api.idempotency.Now;
import io.billingledger.document.LinkSigner.Link;
import io.billingledger.kernel.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Whoever has a link needs no key, and sees with it no more than its tenant could. */
@RestController
@Tag(name = "Documents")
class LinkedDocumentController {
  private final InvoiceDocuments documents;
  private final DocumentLinks links;
  private final TransactionTemplate ofItsOwn;

  LinkedDocumentController(
      InvoiceDocuments documents, DocumentLinks links, PlatformTransactionManager transactions) {
    this.documents = documents;
    this.links = links;
    this.ofItsOwn = new TransactionTemplate(transactions);
    // A caller with a key has a transaction already, and it has another scope.
    ofItsOwn.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    ofItsOwn.setReadOnly(true);
  }

  @GetMapping("/api/documents/{token}")
  @SecurityRequirements
  @PdfAnswer
  @Operation(
      operationId = "openDocument",
      summary = "A document, by a link that has not expired; its token is all that is needed")
  ResponseEntity<byte[]> open(@PathVariable String token, @Now Instant now) {
    Link link = links.open(token, now);
    return Scope.tenant(
        link.tenant(),
        () ->
            ofItsOwn.execute(
                _ -> documents.answer(link.invoice(), link.format(), link.language())));
  }
}
