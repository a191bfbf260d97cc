package io.billingledger.api.bank;

import io.billingledger.adapter.bank.CamtFile;
import io.billingledger.adapter.bank.CsvFile;
import io.billingledger.adapter.bank.EntryTexts;
import io.billingledger.adapter.bank.Mt940File;
import io.billingledger.adapter.bank.ParsedStatement;
import io.billingledger.api.bank.BankSuggestions.Placed;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.bank.BankCommand.ImportStatement;
import io.billingledger.bank.BankEntry;
import io.billingledger.bank.BankRejection.CsvMappingUnknown;
import io.billingledger.bank.BankRejection.StatementUnknown;
import io.billingledger.bank.BankStatements;
import io.billingledger.bank.StatementState;
import io.billingledger.bank.StatementState.Imported;
import io.billingledger.kernel.BankAccountId;
import io.billingledger.kernel.BankStatementId;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.Rejected;
import io.billingledger.view.bank.BankRows;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The bank's statements: handed in as files, and read. */
@RestController
@RequestMapping("/api/finance/bank-statements")
@Tag(name = "Bank")
class BankStatementController {
  private final Commands commands;
  private final BankStatements statements;
  private final BankRows rows;
  private final EntryTexts texts;
  private final BankSuggestions suggestions;
  private final AutoMatch autoMatch;
  private final EventStore history;

  BankStatementController(
      Commands commands,
      BankStatements statements,
      BankRows rows,
      EntryTexts texts,
      BankSuggestions suggestions,
      AutoMatch autoMatch,
      EventStore history) {
    this.commands = commands;
    this.statements = statements;
    this.rows = rows;
    this.texts = texts;
    this.suggestions = suggestions;
    this.autoMatch = autoMatch;
    this.history = history;
  }

  /**
   * @param data the statements in the file, in its order
   * @param imported how many of them were not known before
   * @param matched how many entries were matched at once, by the setting for that
   */
  record ImportedFile(List<BankStatementBody> data, int imported, int matched) {}

  @PostMapping
  @Operation(
      operationId = "importBankStatements",
      summary = "Import a bank's file; the same statement again changes nothing",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "multipart/form-data",
                      schema = @Schema(implementation = StatementForm.Shape.class))))
  ResponseEntity<ImportedFile> importFile(
      HttpServletRequest request, Caller caller, @Now Instant now)
      throws IOException, ServletException {
    StatementForm form = StatementForm.of(request);
    byte[] file = form.file();
    List<ParsedStatement> parsed = parse(form, file);
    String sha256 = sha256(file);
    List<BankStatementBody> bodies = new ArrayList<>();
    int added = 0;
    int matched = 0;
    for (ParsedStatement one : parsed) {
      BankStatementId id = one.statement().id();
      boolean known = statements.of(id) instanceof Imported;
      commands.send(
          new ImportStatement(id, one.statement(), form.format(), sha256, bodies.size(), now),
          caller.actor());
      if (!known) {
        texts.keep(id, one.texts());
        matched += autoMatch.match(imported(id), now);
        added++;
      }
      bodies.add(BankStatementBody.of(imported(id).statement()));
    }
    ImportedFile answer = new ImportedFile(bodies, added, matched);
    return added == 0
        ? ResponseEntity.ok(answer)
        : ResponseEntity.created(
                URI.create("/api/finance/bank-statements/" + bodies.getFirst().id()))
            .body(answer);
  }

  @GetMapping
  @Operation(operationId = "listBankStatements", summary = "Bank statements, newest first")
  Page<BankStatementBody> list(
      @RequestParam(name = "account_id", required = false) BankAccountId account, Paging paging) {
    Cursor below = paging.newestFirst();
    return paging
        .page(
            rows.statements(
                account == null ? null : account.value(),
                below.position(),
                below.id(),
                paging.fetch()),
            row -> new Cursor(row.createdPosition(), row.id()))
        .map(BankStatementBody::of);
  }

  @GetMapping("/{id}")
  @Operation(operationId = "getBankStatement", summary = "A bank statement")
  BankStatementBody get(@PathVariable BankStatementId id) {
    return BankStatementBody.of(imported(id).statement());
  }

  @GetMapping("/{id}/entries")
  @Operation(
      operationId = "listBankStatementEntries",
      summary = "The entries of a bank statement, in its order")
  Page<BankEntryBody> entries(@PathVariable BankStatementId id, Paging paging) {
    Imported statement = imported(id);
    Page<BankEntry> page =
        paging.of(
            statement.statement().entries(),
            entry -> new Cursor(entry.lineNo(), entry.id().value()));
    List<BankEntryBody> bodies =
        suggestions.bodies(
            page.data().stream().map(entry -> new Placed(statement, entry)).toList());
    return new Page<>(bodies, page.hasMore(), page.nextCursor());
  }

  private List<ParsedStatement> parse(StatementForm form, byte[] file) throws IOException {
    return switch (form.format()) {
      case CAMT_053 -> CamtFile.read(file);
      case MT940 -> Mt940File.read(file);
      case CSV -> {
        String bank = form.bank();
        CsvFile.Beside beside = form.beside();
        yield CsvFile.read(
            file,
            rows.mapping(bank, history)
                .orElseThrow(() -> new Rejected(new CsvMappingUnknown(bank))),
            beside);
      }
    };
  }

  private Imported imported(BankStatementId id) {
    StatementState state = statements.of(id);
    if (state instanceof Imported imported) {
      return imported;
    }
    throw new Rejected(new StatementUnknown(id));
  }

  private static String sha256(byte[] file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
