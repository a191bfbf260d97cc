package io.billingledger.api.invoice;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.ExpectedVersion;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.invoice.CreditNoteType;
import io.billingledger.invoice.InvoiceCommand.IssueCreditNote;
import io.billingledger.invoice.InvoiceCommand.ReverseCreditNote;
import io.billingledger.invoice.InvoiceRejection.CreditNoteUnknown;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LineId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.TenantId;
import io.billingledger.view.invoice.CreditNoteRow;
import io.billingledger.view.invoice.CreditNoteRows;
import io.billingledger.view.invoice.InvoiceRow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Credit notes (B41, B42): what of an issued invoice is taken back. */
@RestController
@RequestMapping("/api")
@Tag(name = "Credit notes")
class CreditNoteController {
  private final Commands commands;
  private final Invoices invoices;
  private final CreditNoteRows notes;

  CreditNoteController(Commands commands, Invoices invoices, CreditNoteRows notes) {
    this.commands = commands;
    this.invoices = invoices;
    this.notes = notes;
  }

  /** What is taken off one line, with tax. */
  record NewLine(@NotNull LineId lineId, @NotNull Money amount) {}

  /**
   * @param amount with tax, spread over the lines by what is left of them; or
   * @param lines what is taken off each
   * @param reference of the payment back; needed for a refund, and only for that
   */
  record NewCreditNote(
      @NotNull CreditNoteType type,
      Money amount,
      @Size(min = 1, max = 1000) List<@Valid @NotNull NewLine> lines,
      @NotBlank @Size(max = 1000) String reason,
      @Size(max = 200) String reference) {}

  record Reversal(@NotBlank @Size(max = 1000) String reason) {}

  @PostMapping("/platform/invoices/{id}/credit-notes")
  @Operation(operationId = "issueCreditNote", summary = "Take a part of an invoice back")
  ResponseEntity<CreditNoteBody> issue(
      @PathVariable InvoiceId id,
      @Valid @RequestBody NewCreditNote asked,
      Caller caller,
      CommandKey key,
      ExpectedVersion version,
      @Now Instant now) {
    invoices.current(id);
    CreditNoteId noteId = key.derive(CreditNoteId::derive, id);
    commands.send(
        new IssueCreditNote(
            id,
            noteId,
            asked.type(),
            asked.amount(),
            lines(asked),
            asked.reason(),
            reference(asked),
            version.orNull(),
            now),
        caller.actor());
    return ResponseEntity.created(URI.create("/api/platform/credit-notes/" + noteId))
        .body(after(id, noteId));
  }

  @PostMapping("/platform/invoices/{id}/credit-notes/{note}/reverse")
  @Operation(operationId = "reverseCreditNote", summary = "Undo a credit note")
  CreditNoteBody reverse(
      @PathVariable InvoiceId id,
      @PathVariable CreditNoteId note,
      @Valid @RequestBody Reversal asked,
      Caller caller,
      ExpectedVersion version,
      @Now Instant now) {
    invoices.current(id);
    commands.send(
        new ReverseCreditNote(id, note, asked.reason(), version.orNull(), now), caller.actor());
    return after(id, note);
  }

  @GetMapping("/platform/credit-notes")
  @Operation(operationId = "listCreditNotes", summary = "Credit notes of all tenants, newest first")
  Page<CreditNoteBody> list(
      @RequestParam(name = "tenant_id", required = false) TenantId tenant,
      @RequestParam(name = "invoice_id", required = false) InvoiceId invoice,
      Paging paging) {
    return page(tenant, invoice, paging);
  }

  @GetMapping("/platform/credit-notes/{id}")
  @Operation(operationId = "getCreditNote", summary = "A credit note")
  CreditNoteBody get(@PathVariable CreditNoteId id) {
    return read(id);
  }

  @GetMapping("/subscriptions/credit-notes")
  @Operation(
      operationId = "listOwnCreditNotes",
      summary = "The tenant's credit notes, newest first")
  Page<CreditNoteBody> listOwn(
      @RequestParam(name = "invoice_id", required = false) InvoiceId invoice,
      Paging paging,
      Caller caller) {
    return page(caller.tenantId(), invoice, paging);
  }

  @GetMapping("/subscriptions/credit-notes/{id}")
  @Operation(operationId = "getOwnCreditNote", summary = "One of the tenant's credit notes")
  CreditNoteBody getOwn(@PathVariable CreditNoteId id) {
    return read(id);
  }

  private Page<CreditNoteBody> page(TenantId tenant, InvoiceId invoice, Paging paging) {
    Cursor below = paging.newestFirst();
    List<CreditNoteRow> found =
        notes.list(
            tenant == null ? null : tenant.value(),
            invoice == null ? null : invoice.value(),
            below.position(),
            below.id(),
            paging.fetch());
    return paging
        .page(found, row -> new Cursor(row.createdPosition(), row.id()))
        .map(CreditNoteBody::of);
  }

  private CreditNoteBody read(CreditNoteId id) {
    return notes
        .find(id.value())
        .map(CreditNoteBody::of)
        .orElseThrow(() -> new Rejected(new CreditNoteUnknown(id)));
  }

  private CreditNoteBody after(InvoiceId id, CreditNoteId noteId) {
    InvoiceRow row = invoices.current(id);
    return row.creditNotes().stream()
        .filter(noted -> noted.note().id().equals(noteId))
        .map(noted -> CreditNoteBody.of(row, noted))
        .findFirst()
        .orElseThrow();
  }

  private static Map<LineId, Money> lines(NewCreditNote asked) {
    if ((asked.amount() == null) == (asked.lines() == null)) {
      throw ProblemException.body(
          "/amount", "is what is taken back in all, or lines are given, one of the two");
    }
    Map<LineId, Money> lines = new LinkedHashMap<>();
    if (asked.lines() != null) {
      for (int i = 0; i < asked.lines().size(); i++) {
        NewLine line = asked.lines().get(i);
        if (lines.put(line.lineId(), line.amount()) != null) {
          throw ProblemException.body(
              "/lines/%d/line_id".formatted(i), "names a line that was named before");
        }
      }
    }
    return lines;
  }

  private static String reference(NewCreditNote asked) {
    boolean refund = asked.type() == CreditNoteType.REFUND;
    boolean given = asked.reference() != null && !asked.reference().isBlank();
    if (refund && !given) {
      throw ProblemException.body("/reference", "names the payment back, which a refund needs");
    }
    if (!refund && asked.reference() != null) {
      throw ProblemException.body("/reference", "is for a refund only");
    }
    return asked.reference();
  }
}
