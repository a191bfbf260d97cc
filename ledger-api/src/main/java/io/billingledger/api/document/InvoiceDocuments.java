package io.billingledger.api.document;

import io.billingledger.document.BillingDocument;
import io.billingledger.document.Language;
import io.billingledger.document.LinkSigner.Format;
import io.billingledger.document.Party;
import io.billingledger.document.PdfDocument;
import io.billingledger.document.Standing;
import io.billingledger.document.Standing.Ending;
import io.billingledger.document.UblDocument;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceRejection.CreditNoteUnknown;
import io.billingledger.invoice.InvoiceRejection.InvoiceUnknown;
import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.Vault;
import io.billingledger.seller.Sellers;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.tenant.TenantEvent.TenantRegistered;
import io.billingledger.time.LocalDays;
import io.billingledger.view.invoice.CreditNoteRow;
import io.billingledger.view.invoice.CreditNoteRows;
import io.billingledger.view.invoice.InvoiceRow;
import io.billingledger.view.invoice.InvoiceRows;
import io.billingledger.wiring.InvoiceHistory;
import io.billingledger.wiring.TenantHistory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Makes the documents of invoices and credit notes. Whose invoices can be found is decided by the
 * scope; what was frozen at issue comes from the event, what happened since from the view.
 */
@Component
class InvoiceDocuments {
  private final InvoiceRows rows;
  private final CreditNoteRows notes;
  private final InvoiceHistory invoices;
  private final TenantHistory tenants;
  private final Sellers sellers;
  private final LegalEntity platform;
  private final Vault vault;

  InvoiceDocuments(
      InvoiceRows rows,
      CreditNoteRows notes,
      InvoiceHistory invoices,
      TenantHistory tenants,
      Sellers sellers,
      LegalEntity platform,
      Vault vault) {
    this.rows = rows;
    this.notes = notes;
    this.invoices = invoices;
    this.tenants = tenants;
    this.sellers = sellers;
    this.platform = platform;
    this.vault = vault;
  }

  /**
   * @param language null for the tenant's; an XML has none
   */
  ResponseEntity<byte[]> answer(InvoiceId id, Format format, Language language) {
    InvoiceRow row = row(id);
    InvoiceIssued issued = invoices.issued(id);
    TenantRegistered tenant = tenants.registration(issued.tenantId());
    BillingDocument document = document(row, issued, tenant);
    return switch (format) {
      case PDF -> pdf(document, tenant, language);
      case XML ->
          answer(
              UblDocument.bytes(document, issued.legalEntityId()),
              MediaType.APPLICATION_XML,
              document.number() + ".xml");
    };
  }

  /** Whose it is; refused where there is none, or not for this caller. */
  TenantId tenantOf(InvoiceId id) {
    return new TenantId(row(id).tenantId());
  }

  private InvoiceRow row(InvoiceId id) {
    return rows.find(id.value()).orElseThrow(() -> new Rejected(new InvoiceUnknown(id)));
  }

  /**
   * A credit note, which is a PDF only.
   *
   * @param language null for the tenant's
   */
  ResponseEntity<byte[]> answer(CreditNoteId id, Language language) {
    CreditNoteRow note =
        notes.find(id.value()).orElseThrow(() -> new Rejected(new CreditNoteUnknown(id)));
    InvoiceId invoice = new InvoiceId(note.invoiceId());
    InvoiceIssued issued = invoices.issued(invoice);
    TenantRegistered tenant = tenants.registration(issued.tenantId());
    return pdf(
        BillingDocument.of(
            note.note(), note.reversedAt(), issued, document(row(invoice), issued, tenant)),
        tenant,
        language);
  }

  private static ResponseEntity<byte[]> pdf(
      BillingDocument document, TenantRegistered tenant, Language language) {
    return answer(
        PdfDocument.bytes(document, language == null ? Language.in(tenant.country()) : language),
        MediaType.APPLICATION_PDF,
        document.number() + ".pdf");
  }

  private BillingDocument document(InvoiceRow row, InvoiceIssued issued, TenantRegistered tenant) {
    return BillingDocument.of(
        issued,
        standing(row, issued.zone()),
        platform.name(),
        sellers.of(issued.legalEntityId()).at(issued.issuedAt()),
        Party.named(tenant.name(), tenant.country(), taxIdentity(tenant).orElse(null)));
  }

  /** Empty once the tenant's key was erased. */
  private Optional<String> taxIdentity(TenantRegistered tenant) {
    return Optional.ofNullable(tenant.taxIdentity())
        .flatMap(secret -> vault.open(tenant.tenantId(), secret));
  }

  private static Standing standing(InvoiceRow row, ZoneId zone) {
    CurrencyUnit currency = CurrencyUnit.of(row.currencyCode());
    Ending ending =
        switch (row.status(row.issuedAt())) {
          case PAID -> Ending.PAID;
          case REFUNDED -> Ending.REFUNDED;
          case VOID -> Ending.VOID;
          case WRITTEN_OFF -> Ending.WRITTEN_OFF;
          case DRAFT, PENDING, PARTIAL, OVERDUE -> Ending.OPEN;
        };
    Instant endedAt =
        switch (ending) {
          case PAID, REFUNDED -> row.paidAt();
          case VOID -> row.voidAt();
          case WRITTEN_OFF -> row.writtenOffAt();
          case OPEN -> null;
        };
    return new Standing(
        ending,
        endedAt == null ? null : LocalDays.dateOf(endedAt, zone),
        Money.of(currency, row.amountPaid()),
        Money.of(currency, row.amountCredited()),
        Money.of(currency, row.amountWrittenOff()),
        Money.of(currency, row.amountReturned()),
        Money.of(currency, row.amountDue()));
  }

  private static ResponseEntity<byte[]> answer(byte[] content, MediaType type, String name) {
    return ResponseEntity.ok()
        .contentType(type)
        .eTag('"' + sha256(content) + '"')
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.inline().filename(name).build().toString())
        .header("X-Content-Type-Options", "nosniff")
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .body(content);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
