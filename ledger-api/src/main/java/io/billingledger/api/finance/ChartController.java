package io.billingledger.api.finance;

import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.api.security.Caller;
import io.billingledger.journal.Account;
import io.billingledger.journal.ChartCommand.CloseAccount;
import io.billingledger.journal.ChartCommand.NameAccount;
import io.billingledger.kernel.ChartId;
import io.billingledger.kernel.Commands;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.view.journal.ChartRow;
import io.billingledger.view.journal.Journal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What accounts are called. What an account is does not change with its name. */
@RestController
@RequestMapping("/api/finance/chart")
@Tag(name = "Finance")
class ChartController {
  private final Commands commands;
  private final Journal journal;
  private final LegalEntity legalEntity;

  ChartController(Commands commands, Journal journal, LegalEntity legalEntity) {
    this.commands = commands;
    this.journal = journal;
    this.legalEntity = legalEntity;
  }

  /**
   * @param detail which of the accounts of this kind; left out where there is one
   */
  record NewName(
      @NotNull Account account,
      @Size(max = 100) String detail,
      @NotNull
          @Pattern(
              regexp = "[0-9A-Za-z][0-9A-Za-z.-]{0,19}",
              message = "must be 1 to 20 digits, letters, dots or dashes")
          String number,
      @NotBlank @Size(max = 200) String name) {}

  /**
   * @param namedOn the accounting day from which it holds
   * @param closed whether nothing more is posted to it by hand from then on
   */
  record Name(
      Account account,
      String detail,
      String number,
      String name,
      LocalDate namedOn,
      Instant namedAt,
      String namedBy,
      boolean closed) {

    static Name of(ChartRow row) {
      return new Name(
          row.account(),
          row.detail(),
          row.number(),
          row.name(),
          row.namedOn(),
          row.namedAt(),
          row.namedBy(),
          row.closed());
    }
  }

  @PostMapping("/accounts")
  @Operation(
      operationId = "nameAccount",
      summary = "Give an account a number and a name from today on, or make one of finance's own")
  Name name(@Valid @RequestBody NewName asked, Caller caller, @Now Instant now) {
    String detail = asked.detail() == null ? "" : asked.detail().strip();
    commands.send(
        new NameAccount(
            ChartId.of(legalEntity.id()),
            legalEntity.id(),
            asked.account(),
            detail,
            asked.number(),
            asked.name(),
            caller.actor().name(),
            now),
        caller.actor());
    return new Name(
        asked.account(),
        detail,
        asked.number(),
        asked.name(),
        LocalDate.ofInstant(now, legalEntity.zone()),
        now,
        caller.actor().name(),
        false);
  }

  /**
   * @param detail which of the accounts of this kind; left out where there is one
   */
  record Closing(@NotNull Account account, @Size(max = 100) String detail) {}

  @PostMapping("/accounts/close")
  @Operation(
      operationId = "closeAccount",
      summary =
          "Let nothing more be posted to an account of finance's own, until it is named again")
  Closed close(@Valid @RequestBody Closing asked, Caller caller, @Now Instant now) {
    String detail = asked.detail() == null ? "" : asked.detail().strip();
    commands.send(
        new CloseAccount(
            ChartId.of(legalEntity.id()), asked.account(), detail, caller.actor().name(), now),
        caller.actor());
    return new Closed(asked.account(), detail, true);
  }

  /** How the account stands; {@code listAccountNames} tells since when, and who closed it. */
  record Closed(Account account, String detail, boolean closed) {}

  @GetMapping("/history")
  @Transactional(readOnly = true)
  @Operation(
      operationId = "listAccountNames",
      summary = "Every name that an account was ever given, and its closings, the last one first")
  public Page<Name> history(Paging paging) {
    return paging
        .page(
            journal.names(paging.newestFirst().position(), paging.fetch()),
            row -> new Cursor(row.sequence(), legalEntity.id()))
        .map(Name::of);
  }
}
