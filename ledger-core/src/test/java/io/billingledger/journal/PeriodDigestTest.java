package io.billingledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.kernel.EntryId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/**
 * The expected digest was made outside of Java from the texts that its description asks for: so a
 * stranger can make it too.
 */
class PeriodDigestTest {
  @Test
  void aStrangerMakesTheSame() {
    PeriodDigest digest = new PeriodDigest();
    digest.add(invoice("111000.00"));
    digest.add(rent());
    assertThat(digest.entries()).isEqualTo(2);
    assertThat(digest.hex())
        .isEqualTo("9374f4d289ab0840c7a64ae70305d058d952ad273781266f8eeea0c4316586f6");
  }

  @Test
  void aMonthWithoutEntriesHasTheDigestOfNothing() {
    assertThat(new PeriodDigest().hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void entriesComeInTheOrderOfTheirIdsAndOnce() {
    PeriodDigest digest = new PeriodDigest();
    digest.add(rent());
    assertThatThrownBy(() -> digest.add(invoice("111000.00")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> digest.add(rent())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherAmountIsAnotherDigest() {
    PeriodDigest digest = new PeriodDigest();
    digest.add(invoice("111000.00"));
    PeriodDigest other = new PeriodDigest();
    other.add(invoice("111001.00"));
    assertThat(other.hex()).isNotEqualTo(digest.hex());
  }

  private static JournalEntry invoice(String total) {
    Money receivable = Money.parse("IDR " + total);
    Money tax = Money.parse("IDR 11000.00");
    return new JournalEntry(
        new EntryId("ent_01KH0000000000000000000001"),
        "event-1",
        "invoice.issued",
        "default",
        new TenantId("ten_01KH0000000000000000000003"),
        new InvoiceId("inv_01KH0000000000000000000004"),
        Instant.parse("2026-01-15T03:00:00Z"),
        LocalDate.of(2026, 1, 15),
        null,
        "2",
        List.of(
            new Posting(Account.RECEIVABLE, "", receivable),
            new Posting(Account.DEFERRED_REVENUE, "crm", tax.minus(receivable)),
            new Posting(Account.TAX_PAYABLE, "PPN", tax.negated())));
  }

  private static JournalEntry rent() {
    return new JournalEntry(
        new EntryId("ent_01KH0000000000000000000002"),
        "event-2",
        "manual-entry.approved",
        "default",
        null,
        null,
        Instant.parse("2026-02-03T03:00:00.500Z"),
        LocalDate.of(2026, 2, 1),
        LocalDate.of(2026, 1, 31),
        "2",
        List.of(
            new Posting(Account.OTHER_EXPENSE, "loyer été", Money.parse("JPY 500")),
            new Posting(Account.CASH, "BANK_TRANSFER", Money.parse("JPY -500"))));
  }
}
