package io.billingledger.api.finance;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.idempotency.Now;
import io.billingledger.journal.Hledger;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.view.journal.Journal;
import io.billingledger.view.journal.JournalReader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The journal as text that hledger reads. */
@RestController
@Tag(name = "Finance")
class HledgerController {
  private static final String TEXT = "text/plain;charset=UTF-8";

  private final JournalReader reader;
  private final Journal journal;
  private final LegalEntity legalEntity;

  HledgerController(JournalReader reader, Journal journal, LegalEntity legalEntity) {
    this.reader = reader;
    this.journal = journal;
    this.legalEntity = legalEntity;
  }

  @GetMapping("/api/finance/journal.hledger")
  @Transactional(readOnly = true)
  @Operation(
      operationId = "exportHledger",
      summary = "The journal as a file of hledger, by accounting days",
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(mediaType = "text/plain", schema = @Schema(type = "string"))))
  public void export(
      @RequestParam(required = false) LocalDate from,
      @RequestParam(required = false) LocalDate to,
      @Now Instant now,
      HttpServletResponse response)
      throws IOException {
    LocalDate last = to == null ? LocalDate.ofInstant(now, legalEntity.zone()) : to;
    LocalDate first = from == null ? LocalDate.EPOCH : from;
    if (last.isBefore(first)) {
      throw ProblemException.parameter("to", "must not be before from");
    }
    response.setContentType(TEXT);
    Writer text =
        new BufferedWriter(
            new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
    for (var account : journal.accounts(legalEntity.id())) {
      text.write(Hledger.declaration(account.account(), account.detail()));
    }
    for (var currency : journal.currencies(legalEntity.id())) {
      text.write(Hledger.commodity(currency));
    }
    text.write("\n");
    reader.entries(
        legalEntity.id(),
        first,
        last.plusDays(1),
        JournalReader.Order.BY_DAY,
        entry -> {
          try {
            text.write(Hledger.transaction(entry));
          } catch (IOException gone) {
            throw new UncheckedIOException(gone);
          }
        });
    text.flush();
  }
}
