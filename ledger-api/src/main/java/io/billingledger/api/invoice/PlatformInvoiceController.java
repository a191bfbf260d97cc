package io.billingledger.api.invoice;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.billingledger.api.error.ProblemException;
import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.ExpectedVersion;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.idempotency.Versioned;
import io.billingledger.api.invoice.InvoiceBody.Side;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.invoice.AfterVoid;
import io.billingledger.invoice.InvoiceCommand.ApproveProof;
import io.billingledger.invoice.InvoiceCommand.RecordPayment;
import io.billingledger.invoice.InvoiceCommand.RejectProof;
import io.billingledger.invoice.InvoiceCommand.VoidInvoice;
import io.billingledger.invoice.InvoiceStatus;
import io.billingledger.invoice.PaymentMethod;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.ProofId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.view.invoice.InvoiceRow;
import io.billingledger.view.invoice.InvoiceRows.Filter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import org.joda.money.Money;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Every tenant's invoices, and what the platform decides about them. */
@RestController
@RequestMapping("/api/platform")
@Tag(name = "Invoices")
class PlatformInvoiceController {
  private final Commands commands;
  private final Invoices invoices;
  private final ApprovalLimits limits;

  PlatformInvoiceController(Commands commands, Invoices invoices, ApprovalLimits limits) {
    this.commands = commands;
    this.invoices = invoices;
    this.limits = limits;
  }

  /** What follows a void that a person asks for. */
  enum Then {
    REISSUE(AfterVoid.REISSUE),
    WAIVE(AfterVoid.WAIVE);

    private final AfterVoid after;

    Then(AfterVoid after) {
      this.after = after;
    }
  }

  record Voiding(@NotNull Then then, @NotBlank @Size(max = 1000) String reason) {}

  /**
   * @param reference what the bank's statement says; may be left out
   * @param paidAt when it was paid, if known
   */
  record NewPayment(
      @NotNull Money amount,
      @NotNull PaymentMethod method,
      @Size(max = 200) String reference,
      Instant paidAt) {}

  /** The invoice is as the payment left it. */
  record RecordedPayment(
      @JsonUnwrapped InvoiceBody.Payment payment,
      InvoiceId invoiceId,
      InvoiceStatus invoiceStatus,
      Money amountDue,
      long version)
      implements Versioned {}

  /** What an approver says. */
  enum Decision {
    @JsonProperty("approve")
    APPROVE,
    @JsonProperty("reject")
    REJECT
  }

  /**
   * @param reason needed to reject
   * @param amount what to record when it is not what the proof says
   */
  record Verification(
      @NotNull ProofId proofId,
      @NotNull Decision decision,
      @Size(max = 1000) String reason,
      Money amount) {}

  @GetMapping("/invoices")
  @Operation(operationId = "listInvoices", summary = "Invoices of all tenants, newest first")
  Page<InvoiceBody> list(
      @RequestParam(name = "tenant_id", required = false) TenantId tenant,
      @RequestParam(name = "subscription_id", required = false) SubscriptionId subscription,
      @RequestParam(name = "status", required = false) InvoiceStatus status,
      @RequestParam(name = "invoice_number", required = false) String number,
      Paging paging,
      @Now Instant now) {
    String ofTenant = tenant == null ? null : tenant.value();
    String ofSubscription = subscription == null ? null : subscription.value();
    return invoices.list(
        new Filter(ofTenant, ofSubscription, number, status), paging, now, Side.PLATFORM);
  }

  @GetMapping("/invoices/{id}")
  @Operation(operationId = "getInvoice", summary = "An invoice")
  InvoiceBody get(@PathVariable InvoiceId id, @Now Instant now) {
    return InvoiceBody.of(invoices.read(id), now, Side.PLATFORM);
  }

  @GetMapping("/invoices/{id}/proofs/{proof}/file")
  @Operation(operationId = "getProofFile", summary = "The file of a proof")
  ResponseEntity<byte[]> file(@PathVariable InvoiceId id, @PathVariable ProofId proof) {
    return invoices.proofFile(id, proof);
  }

  @PostMapping("/invoices/{id}/void")
  @Operation(operationId = "voidInvoice", summary = "Void an invoice that nobody has paid on")
  InvoiceBody voidIt(
      @PathVariable InvoiceId id,
      @Valid @RequestBody Voiding asked,
      Caller caller,
      ExpectedVersion version,
      @Now Instant now) {
    invoices.current(id);
    commands.send(
        new VoidInvoice(id, asked.then().after, asked.reason(), version.orNull(), now),
        caller.actor());
    return InvoiceBody.of(invoices.current(id), now, Side.PLATFORM);
  }

  @PostMapping("/invoices/{id}/payments")
  @Operation(operationId = "recordPayment", summary = "Record money that has arrived")
  ResponseEntity<RecordedPayment> pay(
      @PathVariable InvoiceId id,
      @Valid @RequestBody NewPayment asked,
      Caller caller,
      CommandKey key,
      ExpectedVersion version,
      @Now Instant now) {
    invoices.current(id);
    PaymentId paymentId = key.derive(PaymentId::derive, id);
    commands.send(
        new RecordPayment(
            id,
            paymentId,
            asked.amount(),
            asked.method(),
            asked.reference(),
            asked.paidAt(),
            version.orNull(),
            now),
        caller.actor());
    InvoiceRow row = invoices.current(id);
    InvoiceBody invoice = InvoiceBody.of(row, now, Side.PLATFORM);
    InvoiceBody.Payment payment =
        invoice.payments().stream()
            .filter(one -> one.id().equals(paymentId))
            .findFirst()
            .orElseThrow();
    return ResponseEntity.created(URI.create("/api/platform/invoices/" + id))
        .body(
            new RecordedPayment(payment, id, invoice.status(), invoice.amountDue(), row.version()));
  }

  @PostMapping("/subscriptions/invoices/{id}/verify")
  @Operation(operationId = "verifyProof", summary = "Approve or reject a proof of payment")
  InvoiceBody verify(
      @PathVariable InvoiceId id,
      @Valid @RequestBody Verification asked,
      Caller caller,
      ExpectedVersion version,
      @Now Instant now) {
    InvoiceRow before = invoices.current(id);
    String by = caller.actor().name();
    Object command =
        switch (asked.decision()) {
          case APPROVE ->
              new ApproveProof(
                  id,
                  asked.proofId(),
                  asked.amount(),
                  limits.secondAbove(before.currencyCode()),
                  asked.reason(),
                  by,
                  version.orNull(),
                  now);
          case REJECT ->
              new RejectProof(
                  id, asked.proofId(), reasonToReject(asked), by, version.orNull(), now);
        };
    commands.send(command, caller.actor());
    return InvoiceBody.of(invoices.current(id), now, Side.PLATFORM);
  }

  private static String reasonToReject(Verification asked) {
    if (asked.amount() != null) {
      throw ProblemException.body("/amount", "is recorded by an approval only");
    }
    if (asked.reason() == null || asked.reason().isBlank()) {
      throw ProblemException.body("/reason", "is needed to reject");
    }
    return asked.reason();
  }
}
