package io.billingledger.journal;

import io.billingledger.kernel.EntryId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.time.LocalDate;
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
 * @param legalEntityId whose books it stands in
 * @param tenantId null when no tenant is concerned
 * @param invoiceId null when no invoice is concerned
 * @param at when the event happened
 * @param date the accounting date, in the legal entity's zone: the day of the event, unless that
 *     names another
 * @param corrects a day of an earlier period that this entry corrects from an open one; null if it
 *     corrects none
 * @param rules version of the posting rules
 * @throws IllegalArgumentException when the postings of a currency do not sum to zero
 */
public record JournalEntry(
    EntryId id,
    String causeEventId,
    String causeType,
    String legalEntityId,
    TenantId tenantId,
    InvoiceId invoiceId,
    Instant at,
    LocalDate date,
    LocalDate corrects,
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
