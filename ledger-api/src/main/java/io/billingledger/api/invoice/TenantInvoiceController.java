package io.billingledger.api.invoice;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.idempotency.Versioned;
import io.billingledger.api.invoice.InvoiceBody.Side;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.invoice.InvoiceCommand.SubmitProof;
import io.billingledger.invoice.InvoiceStatus;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.ProofId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.proof.ProofFile;
import io.billingledger.proof.ProofIntake;
import io.billingledger.view.invoice.InvoiceRow;
import io.billingledger.view.invoice.InvoiceRows.Filter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import org.joda.money.Money;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A tenant's own invoices. */
@RestController
@RequestMapping("/api/subscriptions/invoices")
@Tag(name = "Invoices of the tenant")
class TenantInvoiceController {
  private final Commands commands;
  private final Invoices invoices;
  private final ProofIntake intake;

  TenantInvoiceController(Commands commands, Invoices invoices, ProofIntake intake) {
    this.commands = commands;
    this.invoices = invoices;
    this.intake = intake;
  }

  /** A proof as it was handed in. */
  record SubmittedProof(
      @JsonUnwrapped InvoiceBody.Proof proof,
      InvoiceId invoiceId,
      InvoiceStatus invoiceStatus,
      Money amountDue,
      long version)
      implements Versioned {}

  @GetMapping
  @Operation(operationId = "listOwnInvoices", summary = "The tenant's invoices, newest first")
  Page<InvoiceBody> list(
      @RequestParam(name = "status", required = false) InvoiceStatus status,
      @RequestParam(name = "subscription_id", required = false) SubscriptionId subscription,
      @RequestParam(name = "invoice_number", required = false) String number,
      Paging paging,
      Caller caller,
      @Now Instant now) {
    String tenant = caller.tenantId().value();
    String ofSubscription = subscription == null ? null : subscription.value();
    return invoices.list(
        new Filter(tenant, ofSubscription, number, status), paging, now, Side.TENANT);
  }

  @GetMapping("/{id}")
  @Operation(operationId = "getOwnInvoice", summary = "One of the tenant's invoices")
  InvoiceBody get(@PathVariable InvoiceId id, @Now Instant now) {
    return InvoiceBody.of(invoices.read(id), now, Side.TENANT);
  }

  /** The file is kept before the command; the view of the whole history refuses strangers first. */
  @PostMapping("/{id}/proof")
  @Operation(
      operationId = "submitProof",
      summary = "Hand in a proof of a bank transfer",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "multipart/form-data",
                      schema = @Schema(implementation = ProofForm.Shape.class))))
  ResponseEntity<SubmittedProof> submit(
      @PathVariable InvoiceId id,
      HttpServletRequest request,
      Caller caller,
      CommandKey key,
      @Now Instant now)
      throws IOException, ServletException {
    invoices.current(id);
    ProofForm form = ProofForm.of(request);
    ProofId proofId = key.derive(ProofId::derive, id);
    Money amount = form.amount();
    Instant paidAt = form.paidAt();
    String reference = form.bankReference();
    ProofFile file = intake.accept(form.file());
    commands.send(
        new SubmitProof(
            id,
            proofId,
            file.sha256(),
            file.type().mediaType(),
            file.size(),
            amount,
            paidAt,
            reference,
            now),
        caller.actor());
    InvoiceRow row = invoices.current(id);
    InvoiceBody invoice = InvoiceBody.of(row, now, Side.TENANT);
    return ResponseEntity.created(
            URI.create("/api/subscriptions/invoices/%s/proofs/%s/file".formatted(id, proofId)))
        .body(
            new SubmittedProof(
                InvoiceBody.Proof.of(row.proof(proofId).orElseThrow(), Side.TENANT),
                id,
                invoice.status(),
                invoice.amountDue(),
                row.version()));
  }

  @GetMapping("/{id}/proofs/{proof}/file")
  @Operation(operationId = "getOwnProofFile", summary = "The file of a proof")
  ResponseEntity<byte[]> file(@PathVariable InvoiceId id, @PathVariable ProofId proof) {
    return invoices.proofFile(id, proof);
  }
}
