package io.billingledger.api.bank;

import io.billingledger.api.idempotency.Now;
import io.billingledger.bank.BankRejection.AccountUnknown;
import io.billingledger.kernel.BankAccountId;
import io.billingledger.kernel.Rejected;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.view.bank.BankStatementRow;
import io.billingledger.view.bank.CashReconciliation;
import io.billingledger.view.bank.CashReconciliation.Item;
import io.billingledger.view.bank.CashReconciliation.Kind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Why a bank's balance is not that of the books. */
@RestController
@RequestMapping("/api/finance/bank-accounts")
@Tag(name = "Bank")
class BankAccountController {
  private static final int MOST_ITEMS = 1000;

  private final CashReconciliation reconciliation;
  private final LegalEntity legalEntity;

  BankAccountController(CashReconciliation reconciliation, LegalEntity legalEntity) {
    this.reconciliation = reconciliation;
    this.legalEntity = legalEntity;
  }

  /**
   * @param asOf the last day of both sides
   * @param statementId the last statement until then
   * @param bankBalance its closing balance
   * @param booksBalance of the account CASH in this currency at the end of the day, in the legal
   *     entity's zone
   * @param difference bank − books
   * @param unexplained difference − the sum of all items: zero, or something is broken
   * @param totals of every kind that has items
   * @param items at most a thousand
   */
  record AccountReconciliation(
      BankAccountId accountId,
      String accountNumber,
      LocalDate asOf,
      String statementId,
      Money bankBalance,
      Money booksBalance,
      Money difference,
      Money unexplained,
      List<Total> totals,
      List<Item> items,
      boolean hasMore) {}

  record Total(Kind kind, int count, Money amount) {}

  @GetMapping("/{id}/reconciliation")
  @Operation(
      operationId = "reconcileBankAccount",
      summary = "Explain the difference between a bank's balance and the books, item by item")
  AccountReconciliation reconcile(
      @PathVariable BankAccountId id,
      @RequestParam(name = "as_of", required = false) LocalDate asOf,
      @Now Instant now) {
    LocalDate day = asOf == null ? LocalDate.ofInstant(now, legalEntity.zone()) : asOf;
    BankStatementRow last =
        reconciliation
            .last(id.value(), day)
            .orElseThrow(() -> new Rejected(new AccountUnknown(id, day.toString())));
    Instant until = day.plusDays(1).atStartOfDay(legalEntity.zone()).toInstant();
    CurrencyUnit currency = last.closing().getCurrencyUnit();
    Money books = reconciliation.cash(currency, until);
    List<Item> items =
        reconciliation.items(id.value(), currency, day, until, legalEntity.zone().getId());
    Money difference = last.closing().minus(books);
    return new AccountReconciliation(
        id,
        last.accountNumber(),
        day,
        last.id(),
        last.closing(),
        books,
        difference,
        difference.minus(sum(currency, items)),
        Arrays.stream(Kind.values())
            .map(kind -> total(kind, currency, items))
            .filter(Objects::nonNull)
            .toList(),
        items.subList(0, Math.min(items.size(), MOST_ITEMS)),
        items.size() > MOST_ITEMS);
  }

  private static Total total(Kind kind, CurrencyUnit currency, List<Item> items) {
    List<Item> ofKind = items.stream().filter(item -> item.kind() == kind).toList();
    return ofKind.isEmpty() ? null : new Total(kind, ofKind.size(), sum(currency, ofKind));
  }

  private static Money sum(CurrencyUnit currency, List<Item> items) {
    return items.stream().map(Item::amount).reduce(Money.zero(currency), Money::plus);
  }
}
