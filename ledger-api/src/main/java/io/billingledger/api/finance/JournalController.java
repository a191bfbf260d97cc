package io.billingledger.api.finance;

import io.billingledger.api.idempotency.Now;
import io.billingledger.api.paging.Cursor;
import io.billingledger.api.paging.Page;
import io.billingledger.api.paging.Paging;
import io.billingledger.journal.Account;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.view.journal.Balance;
import io.billingledger.view.journal.EntryRow;
import io.billingledger.view.journal.Journal;
import io.billingledger.view.journal.PostingRow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The books. */
@RestController
@RequestMapping("/api/finance")
@Tag(name = "Finance")
class JournalController {
  private final Journal journal;
  private final Corrections corrections;

  JournalController(Journal journal, Corrections corrections) {
    this.journal = journal;
    this.corrections = corrections;
  }

  /** On which side of an account money moved. */
  enum Side {
    DEBIT,
    CREDIT
  }

  /**
   * @param asOf everything up to this instant, itself included
   */
  record TrialBalance(Instant asOf, List<AccountBalance> accounts, List<Total> totals) {}

  /**
   * @param debit the balance if it is a debit, else zero
   * @param credit the balance if it is a credit, else zero
   * @param debits all that was debited
   * @param credits all that was credited
   */
  record AccountBalance(
      Account account, String number, Money debit, Money credit, Money debits, Money credits) {

    static AccountBalance of(Balance balance) {
      Money net = balance.net();
      Money zero = Money.zero(net.getCurrencyUnit());
      return new AccountBalance(
          balance.account(),
          balance.account().number(),
          net.isPositive() ? net : zero,
          net.isNegative() ? net.negated() : zero,
          balance.debit(),
          balance.credit());
    }
  }

  /** A currency's sums; the difference is zero, or the books are broken. */
  record Total(String currencyCode, Money debit, Money credit, Money difference) {}

  /**
   * @param date the accounting date
   * @param corrects a day of the earlier period that it corrects; null if none
   */
  record Entry(
      String id,
      String legalEntityId,
      String tenantId,
      String invoiceId,
      String causeEventId,
      String causeType,
      Instant postedAt,
      LocalDate date,
      LocalDate corrects,
      String rules,
      List<Posting> postings) {

    static Entry of(EntryRow row, LocalDate corrects, List<PostingRow> postings) {
      return new Entry(
          row.id(),
          row.legalEntityId(),
          row.tenantId(),
          row.invoiceId(),
          row.causeEventId(),
          row.causeType(),
          row.postedAt(),
          row.date(),
          corrects,
          row.rules(),
          postings.stream().map(Posting::of).toList());
    }
  }

  /**
   * @param detail which of the accounts of this kind; empty where there is one
   */
  record Posting(Account account, String detail, String number, Side side, Money amount) {
    static Posting of(PostingRow row) {
      return new Posting(
          row.account(),
          row.detail(),
          row.account().number(),
          row.amount().isPositive() ? Side.DEBIT : Side.CREDIT,
          row.amount().abs());
    }
  }

  @GetMapping("/trial-balance")
  @Transactional(readOnly = true)
  @Operation(operationId = "getTrialBalance", summary = "Every account's balance at a moment")
  public TrialBalance trialBalance(
      @RequestParam(name = "as_of", required = false) Instant asOf, @Now Instant now) {
    List<AccountBalance> accounts =
        (asOf == null ? journal.balances() : journal.balances(asOf))
            .stream().map(AccountBalance::of).toList();
    return new TrialBalance(asOf == null ? now : asOf, accounts, totals(accounts));
  }

  @GetMapping("/entries")
  @Operation(operationId = "listEntries", summary = "Entries of the journal, newest first")
  Page<Entry> entries(
      @RequestParam(name = "invoice_id", required = false) InvoiceId invoice, Paging paging) {
    Cursor below = paging.newestFirst();
    Page<EntryRow> page =
        paging.page(
            journal.entries(
                invoice == null ? null : invoice.value(),
                below.position(),
                below.id(),
                paging.fetch()),
            row -> new Cursor(row.position(), row.id()));
    Map<String, List<PostingRow>> postings = journal.postings(page.data());
    Map<String, LocalDate> corrected = corrections.of(page.data());
    return page.map(row -> Entry.of(row, corrected.get(row.id()), postings.get(row.id())));
  }

  private static List<Total> totals(List<AccountBalance> accounts) {
    return accounts.stream()
        .collect(Collectors.groupingBy(account -> account.debit().getCurrencyUnit()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey(Comparator.comparing(CurrencyUnit::getCode)))
        .map(
            entry -> {
              Money zero = Money.zero(entry.getKey());
              Money debit =
                  entry.getValue().stream().map(AccountBalance::debit).reduce(zero, Money::plus);
              Money credit =
                  entry.getValue().stream().map(AccountBalance::credit).reduce(zero, Money::plus);
              return new Total(entry.getKey().getCode(), debit, credit, debit.minus(credit));
            })
        .toList();
  }
}
