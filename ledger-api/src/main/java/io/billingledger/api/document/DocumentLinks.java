package io.billingledger.api.document;

import io.billingledger.api.error.ProblemException;
import io.billingledger.document.DocumentRejection.LinkUnknown;
import io.billingledger.document.Language;
import io.billingledger.document.LinkSigner;
import io.billingledger.document.LinkSigner.Format;
import io.billingledger.document.LinkSigner.Link;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.Rejected;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Links that open one document without a key, until they expire. */
@Component
class DocumentLinks {
  private final InvoiceDocuments documents;
  private final LinkSigner signer;
  private final String beginning;
  private final Duration lifetime;

  DocumentLinks(
      InvoiceDocuments documents,
      LinkSigner signer,
      @Value("${ledger.documents.link}") String beginning,
      @Value("${ledger.documents.link-lifetime}") Duration lifetime) {
    this.documents = documents;
    this.signer = signer;
    this.beginning = beginning;
    this.lifetime = lifetime;
  }

  /**
   * @param language of the PDF; the tenant's unless given
   */
  record NewDocumentLink(@NotNull Format format, Language language) {}

  /**
   * @param url to hand on
   * @param token what the URL ends in
   */
  record DocumentLink(String url, String token, Format format, Instant expiresAt) {}

  DocumentLink make(InvoiceId invoice, NewDocumentLink asked, Instant now) {
    if (asked.format() == Format.XML && asked.language() != null) {
      throw ProblemException.body("/language", "is a PDF's only");
    }
    Instant expiresAt = now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
    String token =
        signer.token(
            new Link(
                documents.tenantOf(invoice), invoice, asked.format(), asked.language(), expiresAt));
    return new DocumentLink(beginning + token, token, asked.format(), expiresAt);
  }

  Link open(String token, Instant now) {
    Link link = signer.read(token).orElseThrow(() -> new Rejected(new LinkUnknown()));
    if (!now.isBefore(link.expiresAt())) {
      throw new ProblemException(
          HttpStatus.GONE,
          "document-link.expired",
          "The link expired at %s; ask for another one.".formatted(link.expiresAt()));
    }
    return link;
  }
}
