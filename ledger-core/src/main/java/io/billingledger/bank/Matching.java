package io.billingledger.bank;

import io.billingledger.bank.Suggestion.Reason;
import io.billingledger.bank.Suggestion.Share;
import io.billingledger.kernel.TenantId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.joda.money.Money;

/**
 * What money that came may be for: a pure policy over what is open, with its reasons. It suggests;
 * who confirms is another matter.
 */
public final class Matching {
  /** With less there is no reason to name an invoice: a date or a name alone is none. */
  static final int LEAST_SCORE = 30;

  private static final int MOST_SUGGESTIONS = 5;

  /** Of one tenant: all sums of so many are tried. */
  private static final int MOST_SUMMED = 12;

  private static final int DAYS_AFTER_DUE = 31;

  private final InvoiceNumbers numbers;

  public Matching(InvoiceNumbers numbers) {
    this.numbers = numbers;
  }

  /**
   * The best first, at most five.
   *
   * @param open invoices in any currency; those in another one than the receipt's do not count
   */
  public List<Suggestion> suggest(Receipt receipt, List<OpenInvoice> open) {
    List<OpenInvoice> candidates =
        open.stream()
            .filter(invoice -> invoice.due().isSameCurrency(receipt.open()))
            .filter(invoice -> invoice.due().isPositive())
            .sorted(Comparator.comparing(OpenInvoice::dueOn).thenComparing(OpenInvoice::number))
            .toList();
    List<Suggestion> found = new ArrayList<>();
    batch(receipt, candidates).ifPresent(found::add);
    Set<String> named = numbers.in(receipt.text());
    candidates.forEach(invoice -> found.add(single(receipt, invoice, named)));
    named(receipt, candidates, named).ifPresent(found::add);
    byTenant(candidates).values().forEach(own -> sum(receipt, own, named).ifPresent(found::add));
    Map<List<Share>, Suggestion> best = new LinkedHashMap<>();
    found.stream()
        .filter(suggestion -> suggestion.score() >= LEAST_SCORE)
        .sorted(Suggestion.BEST_FIRST)
        .forEach(suggestion -> best.putIfAbsent(suggestion.invoices(), suggestion));
    return best.values().stream().limit(MOST_SUGGESTIONS).toList();
  }

  /**
   * What may be confirmed without a person: number and amount are those of the invoices, and of no
   * others.
   */
  public Optional<Suggestion> certain(Receipt receipt, List<OpenInvoice> open) {
    List<Suggestion> exact =
        suggest(receipt, open).stream()
            .filter(Suggestion::exact)
            .filter(suggestion -> suggestion.numbers().equals(numbers.in(receipt.text())))
            .toList();
    return exact.size() == 1 ? Optional.of(exact.getFirst()) : Optional.empty();
  }

  private static Suggestion single(Receipt receipt, OpenInvoice invoice, Set<String> named) {
    Set<Reason> reasons = common(receipt, List.of(invoice));
    if (named.contains(invoice.number())) {
      reasons.add(Reason.REFERENCE);
    }
    if (receipt.open().isEqual(invoice.due())) {
      reasons.add(Reason.AMOUNT);
    }
    Money amount =
        receipt.open().isGreaterThan(invoice.due()) && named.size() > 1
            ? invoice.due()
            : receipt.open();
    return Suggestion.of(List.of(share(invoice, amount)), reasons);
  }

  /** Several numbers in one text, and the amount is their sum. */
  private static Optional<Suggestion> named(
      Receipt receipt, List<OpenInvoice> candidates, Set<String> named) {
    List<OpenInvoice> all =
        candidates.stream().filter(invoice -> named.contains(invoice.number())).toList();
    return all.size() > 1 && dueOf(all).isEqual(receipt.open())
        ? Optional.of(whole(receipt, all, named))
        : Optional.empty();
  }

  /** Some invoices of one tenant, as few as possible, that come to the amount. */
  private static Optional<Suggestion> sum(
      Receipt receipt, List<OpenInvoice> own, Set<String> named) {
    List<OpenInvoice> tried = own.subList(0, Math.min(own.size(), MOST_SUMMED));
    List<OpenInvoice> best = null;
    for (int set = 1; set < 1 << tried.size(); set++) {
      if (Integer.bitCount(set) < 2 || best != null && Integer.bitCount(set) >= best.size()) {
        continue;
      }
      List<OpenInvoice> some = new ArrayList<>();
      for (int i = 0; i < tried.size(); i++) {
        if ((set & 1 << i) != 0) {
          some.add(tried.get(i));
        }
      }
      if (dueOf(some).isEqual(receipt.open())) {
        best = some;
      }
    }
    return Optional.ofNullable(best).map(some -> whole(receipt, some, named));
  }

  private static Suggestion whole(Receipt receipt, List<OpenInvoice> invoices, Set<String> named) {
    Set<Reason> reasons = common(receipt, invoices);
    reasons.add(Reason.AMOUNT);
    if (invoices.stream().allMatch(invoice -> named.contains(invoice.number()))) {
      reasons.add(Reason.REFERENCE);
    }
    return Suggestion.of(
        invoices.stream().map(invoice -> share(invoice, invoice.due())).toList(), reasons);
  }

  /** Every payment of a batch names its own invoice and amount. */
  private Optional<Suggestion> batch(Receipt receipt, List<OpenInvoice> candidates) {
    if (receipt.parts().isEmpty()) {
      return Optional.empty();
    }
    List<Share> shares = new ArrayList<>();
    Set<Reason> reasons = EnumSet.allOf(Reason.class);
    Set<OpenInvoice> used = new LinkedHashSet<>();
    for (Receipt part : receipt.parts()) {
      Optional<Suggestion> best =
          suggest(part, candidates.stream().filter(invoice -> !used.contains(invoice)).toList())
              .stream()
              .findFirst()
              .filter(Suggestion::exact);
      if (best.isEmpty()) {
        return Optional.empty();
      }
      shares.addAll(best.get().invoices());
      reasons.retainAll(best.get().reasons());
      candidates.stream()
          .filter(
              invoice ->
                  best.get().invoices().stream()
                      .anyMatch(share -> share.invoiceId().equals(invoice.id())))
          .forEach(used::add);
    }
    return Optional.of(Suggestion.of(shares, reasons));
  }

  private static Set<Reason> common(Receipt receipt, List<OpenInvoice> invoices) {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    if (invoices.stream()
        .allMatch(invoice -> PayerNames.alike(receipt.payer(), invoice.tenantName()))) {
      reasons.add(Reason.PAYER);
    }
    if (invoices.stream()
        .allMatch(
            invoice ->
                !receipt.bookedOn().isBefore(invoice.issuedOn())
                    && !receipt.bookedOn().isAfter(invoice.dueOn().plusDays(DAYS_AFTER_DUE)))) {
      reasons.add(Reason.DATE);
    }
    return reasons;
  }

  private static Map<TenantId, List<OpenInvoice>> byTenant(List<OpenInvoice> candidates) {
    return candidates.stream()
        .collect(
            Collectors.groupingBy(OpenInvoice::tenantId, LinkedHashMap::new, Collectors.toList()));
  }

  private static Money dueOf(List<OpenInvoice> invoices) {
    return invoices.stream().map(OpenInvoice::due).reduce(Money::plus).orElseThrow();
  }

  private static Share share(OpenInvoice invoice, Money amount) {
    return new Share(invoice.id(), invoice.number(), amount);
  }
}
