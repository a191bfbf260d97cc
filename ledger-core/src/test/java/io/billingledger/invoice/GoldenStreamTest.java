package io.billingledger.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceState.Issued;
import io.billingledger.journal.Account;
import io.billingledger.journal.Cause;
import io.billingledger.journal.MemoryBooks;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.TaxRuleId;
import io.billingledger.kernel.TenantId;
import io.billingledger.money.Fraction;
import io.billingledger.serialization.EventSerializer;
import io.billingledger.serialization.LedgerJson;
import io.billingledger.serialization.PlainJson;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.tax.TaxRule;
import io.billingledger.time.LocalDays;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A whole history that was really recorded once, the two months of ten customers, as the event
 * store kept it. It is never changed; what today's code makes of it never changes either: the same
 * invoices, line by line, and the same trial balance.
 */
class GoldenStreamTest {
  private static final Path STORY = Path.of("src/test/resources/golden-streams/story.tsv");
  private static final String DIGEST =
      "35c678400b64830eceb2c761e6c86ca7cd1be5c9d1b2bfec2bc076de52544c69";

  private final List<Recorded> story = new ArrayList<>();

  /** A row of the event store. */
  private record Recorded(
      String eventId, String tenant, String stream, long sequence, Instant at, LedgerEvent event) {}

  @BeforeEach
  void read() throws IOException {
    EventSerializer serializer = new EventSerializer(new PlainJson(LedgerJson.mapper()));
    for (String row : Files.readAllLines(STORY)) {
      String[] cells = row.split("\t");
      LedgerEvent event =
          serializer.deserialize(
              new SimpleSerializedObject<>(
                  cells[8].getBytes(StandardCharsets.UTF_8),
                  byte[].class,
                  new SimpleSerializedType(cells[5], cells[6])));
      story.add(
          new Recorded(
              cells[1],
              cells[2],
              cells[3],
              Long.parseLong(cells[4]),
              Instant.parse(cells[7]),
              event));
    }
  }

  @Test
  void itIsNeverChanged() throws IOException, NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(STORY));
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(DIGEST);
    Map<String, Long> next = new LinkedHashMap<>();
    for (Recorded recorded : story) {
      assertThat(recorded.sequence()).isEqualTo(next.getOrDefault(recorded.stream(), 0L));
      next.merge(recorded.stream(), recorded.sequence() + 1, (_, after) -> after);
    }
  }

  @Test
  void todayWouldWriteItTheSame() throws IOException {
    EventSerializer serializer = new EventSerializer(new PlainJson(LedgerJson.mapper()));
    List<String> rows = Files.readAllLines(STORY);
    for (int i = 0; i < rows.size(); i++) {
      String[] cells = rows.get(i).split("\t");
      SerializedObject<byte[]> written = serializer.serialize(story.get(i).event(), byte[].class);
      // An event of an earlier revision is read through its upcaster and written as it is now.
      if (written.getType().getRevision().equals(cells[6])) {
        assertThat(written.getType().getName()).isEqualTo(cells[5]);
        assertThat(new String(written.getData(), StandardCharsets.UTF_8)).isEqualTo(cells[8]);
      }
    }
  }

  @Test
  void itLeadsToTheKnownInvoices() {
    Map<InvoiceId, InvoiceState> invoices = new LinkedHashMap<>();
    Map<InvoiceId, String> numbers = new LinkedHashMap<>();
    for (Recorded recorded : story) {
      if (recorded.event() instanceof InvoiceEvent event) {
        invoices.put(
            event.invoiceId(),
            invoices.getOrDefault(event.invoiceId(), InvoiceState.NONE).evolve(event));
        if (event instanceof InvoiceIssued issued) {
          numbers.put(issued.invoiceId(), issued.invoiceNumber());
        }
      }
    }
    List<String> told = new ArrayList<>();
    invoices.forEach((id, state) -> told.add(line(numbers.get(id), (Issued) state)));
    assertThat(told)
        .containsExactly(
            "INV-2026-000001 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 150000.00 paid, 0.00 written off, 0.00 due, settled",
            "INV-2026-000002 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 150000.00 paid, 0.00 written off, 0.00 due, settled",
            "INV-2026-000003 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 150000.00 paid, 0.00 written off, 0.00 due, settled",
            "INV-2026-000004 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 150000.00 paid, 0.00 written off, 0.00 due, settled",
            "INV-2026-000005 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 150000.00 paid, 0.00 written off, 0.00 due, settled",
            "INV-2026-000006 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 0.00 paid, 150000.00 written off, 0.00 due",
            "INV-2026-000007 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 150000.00 paid, 0.00 written off, 0.00 due, settled",
            "INV-2026-000008 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 150000.00 paid, 0.00 written off, 0.00 due, settled",
            "INV-2026-000009 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 150000.00 paid, 0.00 written off, 0.00 due, settled",
            "INV-2026-000010 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 0.00 paid, 0.00 written off, 150000.00 due",
            "INV-2026-000011 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 150000.00 paid, 0.00 written off, 0.00 due, settled",
            "INV-2026-000012 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 150000.00 paid, 0.00 written off, 0.00 due, settled",
            "INV-2026-000013 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 0.00 paid, 150000.00 written off, 0.00 due",
            "INV-2026-000014 of 300000.00: 270270.27 net, 29729.73 tax, 0.00 credited, 300000.00 paid, 0.00 written off, 0.00 due, settled",
            "INV-2026-000015 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 150000.00 paid, 0.00 written off, 0.00 due, settled",
            "INV-2026-000016 of 150000.00: 135135.14 net, 14864.86 tax, 150000.00 credited, 0.00 paid, 0.00 written off, 0.00 due, settled",
            "INV-2026-000017 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 0.00 paid, 0.00 written off, 150000.00 due",
            "INV-2026-000018 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 150000.00 paid, 0.00 written off, 0.00 due, settled",
            "INV-2026-000019 of 150000.00: 135135.14 net, 14864.86 tax, 100000.00 credited, 0.00 paid, 0.00 written off, 50000.00 due",
            "INV-2026-000020 of 300000.00: 270270.27 net, 29729.73 tax, 0.00 credited, 0.00 paid, 0.00 written off, 300000.00 due",
            "INV-2026-000021 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 0.00 paid, 0.00 written off, 150000.00 due",
            "INV-2026-000022 of 150000.00: 135135.14 net, 14864.86 tax, 0.00 credited, 0.00 paid, 0.00 written off, 150000.00 due");
  }

  private static String line(String number, Issued invoice) {
    return "%s of %s: %s net, %s tax, %s credited, %s paid, %s written off, %s due%s"
        .formatted(
            number,
            invoice.total().getAmount(),
            invoice.netTotal().getAmount(),
            invoice.taxTotal().getAmount(),
            invoice.credited().getAmount(),
            invoice.paid().getAmount(),
            invoice.writtenOff().getAmount(),
            invoice.due().getAmount(),
            invoice.settled() ? ", settled" : invoice.voided() ? ", void" : "");
  }

  /** From what its event carries, and what its subscription asked for: by nobody's word. */
  @Test
  void everyLineAndEveryTaxIsDerivedAgain() {
    Map<InvoiceId, CycleInvoiceRequested> asked = new LinkedHashMap<>();
    int derived = 0;
    for (Recorded recorded : story) {
      if (recorded.event() instanceof CycleInvoiceRequested wanted) {
        asked.put(wanted.invoiceId(), wanted);
      }
      if (recorded.event() instanceof InvoiceIssued issued) {
        IssueInvoice command = IssueInvoice.of(asked.get(issued.invoiceId()), issued.issuedAt());
        Charges again = Issuing.charges(command, issued.plan(), rules(issued));
        assertThat(again.lines()).isEqualTo(issued.lines());
        assertThat(again.taxes()).isEqualTo(issued.taxes());
        assertThat(again.total()).isEqualTo(issued.total());
        derived++;
      }
    }
    assertThat(derived).isEqualTo(22);
  }

  /** From the event alone: what is printed beside a line leads to it. */
  @Test
  void everyLineIsExplainedByStepsThatLeadToIt() {
    int explained = 0;
    for (Recorded recorded : story) {
      if (recorded.event() instanceof InvoiceIssued issued) {
        for (ExplainedLine line : Explanation.of(issued, null, null)) {
          assertThat(line.matches()).as(line.toString()).isTrue();
          assertThat(line.asked()).isEqualTo(line.line().grossAmount());
          assertThat(line.priced().steps().getLast().result())
              .isEqualTo(Fraction.of(line.line().grossAmount().getAmount()));
          explained++;
        }
      }
    }
    assertThat(explained).isEqualTo(22);
  }

  private static List<TaxRule> rules(InvoiceIssued issued) {
    return issued.taxes().stream()
        .map(
            tax ->
                new TaxRule(
                    TaxRuleId.derive(tax.name()),
                    "ID",
                    tax.name(),
                    tax.ratePercent(),
                    tax.baseFactor(),
                    tax.regulation(),
                    true,
                    LocalDays.dateOf(issued.issuedAt(), issued.zone()),
                    null))
        .toList();
  }

  @Test
  void itLeadsToTheKnownTrialBalance() {
    Map<Account, Money> balances = new EnumMap<>(Account.class);
    MemoryBooks books = new MemoryBooks();
    for (Recorded recorded : story) {
      TenantId tenant =
          recorded.tenant().isEmpty() ? TenantId.derive("nobody") : new TenantId(recorded.tenant());
      books
          .post(recorded.event(), new Cause(recorded.eventId(), tenant, recorded.at()))
          .ifPresent(
              entry ->
                  entry
                      .postings()
                      .forEach(
                          posting ->
                              balances.merge(posting.account(), posting.amount(), Money::plus)));
    }
    assertThat(balances)
        .isEqualTo(
            Map.of(
                Account.CASH, Money.parse("IDR 2350000.00"),
                Account.RECEIVABLE, Money.parse("IDR 950000.00"),
                Account.BAD_DEBT, Money.parse("IDR 300000.00"),
                Account.CUSTOMER_CREDIT, Money.parse("IDR 0.00"),
                Account.DEFERRED_REVENUE, Money.parse("IDR -3243243.34"),
                Account.TAX_PAYABLE, Money.parse("IDR -356756.66")));
    assertThat(balances.values().stream().reduce(Money::plus)).contains(Money.parse("IDR 0.00"));
  }
}
