package io.billingledger.journal;

import io.billingledger.kernel.EntryId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * A balanced movement of money, derived from one event.
 *
 * @param id derived from the event, so that posting it twice is the same entry
 * @param causeEventId the event
 * @param invoiceId null when no invoice is concerned
 * @param at when the event happened
 * @param rules version of the posting rules
 * @throws IllegalArgumentException when the postings of a currency do not sum to zero
 */
public record JournalEntry(
    EntryId id,
    String causeEventId,
    String causeType,
    TenantId tenantId,
    InvoiceId invoiceId,
    Instant at,
    String rules,
    List<Posting> postings) {

  public JournalEntry {
    postings = List.copyOf(postings);
    if (postings.isEmpty()) {
      throw new IllegalArgumentException("an entry has postings");
    }
    Map<CurrencyUnit, Money> sums =
        postings.stream()
            .map(Posting::amount)
            .collect(Collectors.toMap(Money::getCurrencyUnit, money -> money, Money::plus));
    if (!sums.values().stream().allMatch(Money::isZero)) {
      throw new IllegalArgumentException("an entry balances in each currency: " + postings);
    }
  }
}
