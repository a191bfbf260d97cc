package io.billingledger.api.bank;

import io.billingledger.adapter.bank.EntryText;
import io.billingledger.adapter.bank.EntryTexts;
import io.billingledger.bank.BankEntry;
import io.billingledger.bank.InvoiceNumbers;
import io.billingledger.bank.Matching;
import io.billingledger.bank.OpenInvoice;
import io.billingledger.bank.Receipt;
import io.billingledger.bank.StatementState.Imported;
import io.billingledger.bank.Suggestion;
import io.billingledger.kernel.BankEntryId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.view.bank.BankRows;
import io.billingledger.view.bank.OpenInvoiceRow;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.springframework.stereotype.Component;

/** Brings what the policy needs: what the payers wrote, and the invoices that are open. */
@Component
class BankSuggestions {
  private final BankRows rows;
  private final EntryTexts texts;
  private final Matching matching;
  private final InvoiceNumbers numbers;
  private final LegalEntity legalEntity;

  BankSuggestions(
      BankRows rows,
      EntryTexts texts,
      Matching matching,
      InvoiceNumbers numbers,
      LegalEntity legalEntity) {
    this.rows = rows;
    this.texts = texts;
    this.matching = matching;
    this.numbers = numbers;
    this.legalEntity = legalEntity;
  }

  /** An entry together with its statement. */
  record Placed(Imported statement, BankEntry entry) {
    boolean waits() {
      return statement.open(entry).isPositive();
    }
  }

  /** The entries as they are answered, in their order. */
  List<BankEntryBody> bodies(List<Placed> entries) {
    Map<BankEntryId, EntryText> words = words(entries);
    return answers(entries, words, matching::suggest).stream()
        .map(
            answer -> {
              BankEntry entry = answer.placed().entry();
              return BankEntryBody.of(
                  answer.placed().statement(), entry, words.get(entry.id()), answer.value());
            })
        .toList();
  }

  /** What may be confirmed without a person, by entry, in their order. */
  Map<BankEntryId, Suggestion> certain(List<Placed> entries) {
    Map<BankEntryId, Suggestion> certain = new LinkedHashMap<>();
    answers(
            entries,
            words(entries),
            (receipt, open) -> matching.certain(receipt, open).stream().toList())
        .forEach(
            answer ->
                answer.value().stream()
                    .findFirst()
                    .ifPresent(value -> certain.put(answer.placed().entry().id(), value)));
    return certain;
  }

  private record Answer(Placed placed, List<Suggestion> value) {}

  private List<Answer> answers(
      List<Placed> entries,
      Map<BankEntryId, EntryText> words,
      BiFunction<Receipt, List<OpenInvoice>, List<Suggestion>> policy) {
    Map<BankEntryId, Receipt> receipts = new HashMap<>();
    entries.stream()
        .filter(Placed::waits)
        .filter(placed -> !placed.entry().reversal())
        .forEach(
            placed ->
                receipts.put(placed.entry().id(), receipt(placed, words.get(placed.entry().id()))));
    List<OpenInvoice> open = receipts.isEmpty() ? List.of() : open(receipts.values());
    List<Answer> answers = new ArrayList<>();
    for (Placed placed : entries) {
      Receipt receipt = receipts.get(placed.entry().id());
      answers.add(new Answer(placed, receipt == null ? List.of() : policy.apply(receipt, open)));
    }
    return answers;
  }

  private Map<BankEntryId, EntryText> words(List<Placed> entries) {
    return texts.of(entries.stream().map(placed -> placed.entry().id()).toList());
  }

  private static Receipt receipt(Placed placed, EntryText text) {
    BankEntry entry = placed.entry();
    Money open = placed.statement().open(entry);
    List<Receipt> parts = new ArrayList<>();
    if (text != null && entry.partsAddUp() && open.isEqual(entry.amount())) {
      for (int i = 0; i < entry.parts().size(); i++) {
        parts.add(
            new Receipt(
                entry.parts().get(i).amount(),
                entry.bookedOn(),
                text.parts().get(i).text(),
                text.parts().get(i).payer(),
                List.of()));
      }
    }
    return new Receipt(
        open,
        entry.bookedOn(),
        text == null ? "" : text.text(),
        text == null ? null : text.payer(),
        parts);
  }

  private List<OpenInvoice> open(Iterable<Receipt> receipts) {
    Set<String> currencies = new HashSet<>();
    Set<String> named = new HashSet<>();
    Set<BigDecimal> amounts = new HashSet<>();
    Set<String> payers = new HashSet<>();
    for (Receipt receipt : receipts) {
      currencies.add(receipt.open().getCurrencyUnit().getCode());
      named.addAll(numbers.in(receipt.text()));
      amounts.add(receipt.open().getAmount());
      if (receipt.payer() != null) {
        payers.add(receipt.payer().toLowerCase(Locale.ROOT));
      }
    }
    return rows.open(currencies, named, amounts, payers).stream().map(this::invoice).toList();
  }

  private OpenInvoice invoice(OpenInvoiceRow row) {
    return new OpenInvoice(
        new InvoiceId(row.invoiceId()),
        new TenantId(row.tenantId()),
        row.tenantName(),
        row.invoiceNumber(),
        Money.of(CurrencyUnit.of(row.currencyCode()), row.amountDue()),
        LocalDate.ofInstant(row.issuedAt(), legalEntity.zone()),
        LocalDate.ofInstant(row.dueAt(), legalEntity.zone()));
  }
}
