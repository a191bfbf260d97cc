package io.billingledger.journal;

import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.joda.money.Money;

/** The books of one legal entity in memory, in Jakarta's zone. */
public final class MemoryBooks implements Books {
  public static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");

  private final Map<InvoiceId, BookedInvoice> invoices = new HashMap<>();
  private final Map<Account, Map<InvoiceId, Map<String, Money>>> owed = new HashMap<>();

  /** The entry, and what later ones will ask. */
  public Optional<JournalEntry> post(LedgerEvent event, Cause cause) {
    Optional<JournalEntry> entry = PostingRules.post(event, cause, this);
    if (event instanceof InvoiceIssued e) {
      invoices.put(e.invoiceId(), BookedInvoice.of(e, dateOf(e.legalEntityId(), e.issuedAt())));
    }
    entry.ifPresent(this::keepOwed);
    return entry;
  }

  private void keepOwed(JournalEntry entry) {
    for (Posting posting : entry.postings()) {
      if (entry.invoiceId() != null) {
        owed.computeIfAbsent(posting.account(), _ -> new HashMap<>())
            .computeIfAbsent(entry.invoiceId(), _ -> new TreeMap<>())
            .merge(posting.detail(), posting.amount().negated(), Money::plus);
      }
    }
  }

  @Override
  public BookedInvoice invoice(InvoiceId id) {
    return Optional.ofNullable(invoices.get(id)).orElseThrow(IllegalStateException::new);
  }

  @Override
  public Map<String, Money> taxes(InvoiceId id) {
    return owed(Account.TAX_PAYABLE, id);
  }

  @Override
  public Map<String, Money> deferred(InvoiceId id) {
    return owed(Account.DEFERRED_REVENUE, id);
  }

  private Map<String, Money> owed(Account account, InvoiceId id) {
    return owed.getOrDefault(account, Map.of()).getOrDefault(id, Map.of());
  }

  @Override
  public String legalEntityOf(TenantId tenant) {
    return "entity";
  }

  @Override
  public LocalDate dateOf(String legalEntityId, Instant at) {
    return LocalDate.ofInstant(at, ZONE);
  }
}
