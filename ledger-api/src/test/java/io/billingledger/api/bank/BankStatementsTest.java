package io.billingledger.api.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.api.invoice.Customers;
import io.billingledger.api.invoice.Customers.Customer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** From the bank's file to the paid invoice, over HTTP and to the cent. */
@LedgerTest
@TestPropertySource(
    properties = {"ledger.test-clock.enabled=true", "ledger.test-clock.start=2026-03-01T03:00:00Z"})
class BankStatementsTest {
  @LocalServerPort private int port;
  @Autowired private Customers customers;
  @Autowired private JdbcTemplate database;
  private ApiClient platform;
  private ApiClient finance;

  @BeforeEach
  void callers() {
    platform = ApiClient.owner(port);
    finance = platform.asNew("finance", "finance", null);
  }

  @Test
  void aDayAtTheBankPaysInvoicesAndEveryDifferenceIsExplained() {
    Customer first = customers.sign(platform, "150000.00");
    Customer second = customers.sign(platform, "99000.01");
    Customer byHand = customers.sign(platform, "70000.00");
    Answer recorded =
        platform
            .post(
                byHand.platformPath() + "/payments",
                "{\"amount\": %s, \"method\": \"BANK_TRANSFER\"}".formatted(idr("70000.00")))
            .expect(201);
    Bank bank =
        new Bank("STORY-1", "IDR", "1000000.00")
            .entry("C", "150000.00", "TRX-1", "Pembayaran " + number(first) + " dari Budi")
            .entry("C", "100000.00", "TRX-2", "langganan")
            .entry("C", "70000.00", "TRX-3", "transfer")
            .entry("D", "6500.00", "TRX-4", "biaya adm")
            .entry("RC", "15000.00", "TRX-5", "returned");
    byte[] file = bank.statement(1);
    Answer imported = Bank.handIn(finance, "MT940", file).expect(201);
    assertThat(imported.text("/imported")).isEqualTo("1");
    assertThat(imported.text("/matched")).isEqualTo("0");
    assertThat(imported.text("/data/0/closing/amount")).isEqualTo(bank.balance());
    String statement = imported.text("/data/0/id");
    String account = imported.text("/data/0/account_id");
    finance = finance.after(imported);

    JsonNode entries = entries(statement);
    assertThat(entries).hasSize(5);
    assertThat(entries.at("/0/status").asString()).isEqualTo("SUGGESTED");
    assertThat(entries.at("/0/text").asString()).contains("dari Budi");
    // 88, less what other customers' invoices of the same amount take off it.
    assertThat(entries.at("/0/suggestions/0/score").asInt()).isBetween(80, 88);
    assertThat(entries.at("/0/suggestions/0/invoices/0/invoice_id").asString())
        .isEqualTo(first.invoice());
    assertThat(entries.at("/4/status").asString()).isEqualTo("UNMATCHED");
    assertThat(entries.at("/4/reversal").asBoolean()).isTrue();

    // The whole first entry for its invoice, and the second for two: what is too much is credit.
    Answer matched = match(entries, 0, allocation(first, "150000.00")).expect(200);
    assertThat(matched.text("/status")).isEqualTo("MATCHED");
    assertThat(matched.raw()).as("an answer that is kept names nobody").doesNotContain("Budi");
    match(entries, 1, allocation(second, "99000.01")).expect(200);
    Customer third = customers.sign(platform, "999.99");
    match(entries, 1, allocation(third, "1000.00")).expectProblem(422, "bank-match.too-large");
    match(entries, 1, allocation(third, "999.99")).expect(200);
    match(entries, 1, allocation(third, "0.01")).expectProblem(409, "bank-entry.already-matched");
    String payment = recorded.text("/id");
    match(entries, 2, allocation(byHand, "69999.99", payment))
        .expectProblem(422, "bank-match.payment-differs");
    match(entries, 2, allocation(byHand, "70000.00", payment)).expect(200);
    match(entries, 3, allocation(third, "1.00")).expectProblem(409, "bank-entry.no-receipt");
    say(entries, 3, "ignore", "Bank charges").expect(200);
    say(entries, 0, "unmatch", "mistake").expectProblem(409, "bank-entry.payment-stands");

    for (Customer customer : List.of(first, second, third, byHand)) {
      await()
          .untilAsserted(
              () ->
                  assertThat(platform.get(customer.platformPath()).expect(200).text("/status"))
                      .isEqualTo("PAID"));
    }

    await()
        .untilAsserted(
            () -> {
              Answer explained = reconciliation(account).expect(200);
              assertThat(explained.text("/bank_balance/amount")).isEqualTo("1298500.00");
              assertThat(explained.text("/unexplained/amount")).isEqualTo("0.00");
              assertThat(totals(explained, "OPENING_BALANCE")).isEqualTo("1000000.00");
              assertThat(totals(explained, "UNMATCHED_ENTRY")).isEqualTo("-15000.00");
              assertThat(totals(explained, "IGNORED_ENTRY")).isEqualTo("-6500.00");
              assertThat(totals(explained, "MATCHED_LATER")).isNull();
              assertThat(explained.raw()).doesNotContain(payment);
            });

    // Again: nothing is imported or paid twice, and the next statement goes on from there.
    Answer again = Bank.handIn(finance, "MT940", file).expect(200);
    assertThat(again.text("/imported")).isEqualTo("0");
    bank.entry("C", "5.00", "TRX-6", "odd");
    bank.statement(2);
    bank.entry("C", "7.00", "TRX-7", "odd");
    Bank.handIn(finance, "MT940", bank.statement(3)).expect(201);
    await()
        .untilAsserted(
            () -> {
              Answer explained = reconciliation(account).expect(200);
              assertThat(totals(explained, "MISSING_STATEMENT")).isEqualTo("5.00");
              assertThat(explained.text("/unexplained/amount")).isEqualTo("0.00");
            });
    booksAreRight();
  }

  @Test
  void theSameStatementIsOneAndOtherContentIsRefused() {
    Bank bank = new Bank("SAME-1", "IDR", "0.00").entry("C", "10.00", "A", "x");
    byte[] file = bank.statement(7);
    Answer imported = Bank.handIn(finance, "MT940", file).expect(201);
    String spaced = new String(file, StandardCharsets.UTF_8) + "\r\n\r\n";
    Answer other =
        Bank.handIn(finance, "MT940", spaced.getBytes(StandardCharsets.UTF_8)).expect(200);
    assertThat(other.text("/data/0/id")).isEqualTo(imported.text("/data/0/id"));
    Bank wrong = new Bank("SAME-1", "IDR", "0.00").entry("C", "11.00", "A", "x");
    Bank.handIn(finance, "MT940", wrong.statement(7)).expectProblem(409, "bank-statement.differs");
    byte[] broken =
        new String(file, StandardCharsets.UTF_8)
            .replace("62F:C260301IDR10,00", "62F:C260301IDR10,01")
            .getBytes(StandardCharsets.UTF_8);
    Answer refused =
        Bank.handIn(finance, "MT940", broken).expectProblem(422, "bank-statement.does-not-close");
    assertThat(refused.text("/detail")).contains("IDR 10.00").contains("IDR 10.01");
    Bank.handIn(finance, "CAMT_053", file).expectProblem(422, "bank-statement.unreadable");
    Bank.handIn(finance, "PDF", file).expectProblem(400, "request.invalid");
  }

  @Test
  void aForeignAccountPaysOnlyInItsOwnCurrency() {
    Customer customer = customers.sign(platform, "150000.00");
    Answer imported =
        Bank.handIn(
                finance,
                "MT940",
                new Bank("EUR-1", "EUR", "20.00")
                    .entry("C", "9.00", "A", number(customer))
                    .statement(1))
            .expect(201);
    JsonNode entries = entries(imported.text("/data/0/id"));
    assertThat(entries.at("/0/status").asString())
        .as("an invoice in rupiah is no suggestion")
        .isEqualTo("UNMATCHED");
    match(entries, 0, allocation(customer, "9.00"))
        .expectProblem(422, "bank-match.currency-differs");
    finance
        .post(
            path(entries, 0, "match"),
            "{\"invoices\": [{\"invoice_id\": \"%s\", \"amount\": {\"amount\": \"9.00\", \"currency\": \"EUR\"}}]}"
                .formatted(customer.invoice()))
        .expectProblem(422, "invoice.currency-mismatch");
    assertThat(entries(imported.text("/data/0/id")).at("/0/amount_open/amount").asString())
        .isEqualTo("9.00");
  }

  @Test
  void sixteenWhoConfirmOneEntryPayOnce() throws Exception {
    Customer customer = customers.sign(platform, "150000.00");
    Answer imported =
        Bank.handIn(
                finance,
                "MT940",
                new Bank("SIXTEEN", "IDR", "0.00")
                    .entry("C", "150000.00", "A", number(customer))
                    .statement(1))
            .expect(201);
    JsonNode entries = entries(imported.text("/data/0/id"));
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      calls.add(() -> match(entries, 0, allocation(customer, "150000.00")).status());
    }
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(16)) {
      for (Future<Integer> call : pool.invokeAll(calls)) {
        statuses.add(call.get());
      }
    }
    assertThat(statuses).containsOnlyOnce(200);
    assertThat(statuses).allMatch(status -> status == 200 || status == 409);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        platform
                            .get(customer.platformPath())
                            .expect(200)
                            .text("/amount_paid/amount"))
                    .isEqualTo("150000.00"));
    assertThat(
            platform
                .get("/api/platform/tenants/" + customer.tenant() + "/credit")
                .expect(200)
                .text("/balance/amount"))
        .isEqualTo("0.00");
    booksAreRight();
  }

  @Test
  void theQueueShowsWhatWaitsPageByPage() {
    Customer customer = customers.sign(platform, "123456.00");
    Bank bank = new Bank("QUEUE", "IDR", "0.00");
    for (int i = 0; i < 5; i++) {
      bank.entry("C", "0.0" + (i + 1), "N" + i, "nothing");
    }
    bank.entry("C", "123456.00", "S", "by amount alone").entry("D", "1.00", "F", "fee");
    Answer imported = Bank.handIn(finance, "MT940", bank.statement(1)).expect(201);
    finance = finance.after(imported);
    String account = imported.text("/data/0/account_id");
    say(entries(imported.text("/data/0/id")), 6, "ignore", "fee").expect(200);
    await().untilAsserted(() -> assertThat(queue(account, "IGNORED", 50)).containsExactly("F"));
    assertThat(queue(account, "SUGGESTED", 2)).containsExactly("S");
    assertThat(queue(account, "UNMATCHED", 2)).containsExactly("N4", "N3", "N2", "N1", "N0");
    assertThat(queue(account, "MATCHED", 2)).isEmpty();
    say(entries(imported.text("/data/0/id")), 6, "unmatch", "no fee").expect(200);
    await().untilAsserted(() -> assertThat(queue(account, "IGNORED", 50)).isEmpty());
    assertThat(customer.invoice()).isNotEmpty();
  }

  @Test
  void whatWasRecordedByHandIsConfirmedByOneEntryOnly() {
    Customer customer = customers.sign(platform, "5000.00");
    String payment =
        platform
            .post(
                customer.platformPath() + "/payments",
                "{\"amount\": %s, \"method\": \"CASH\"}".formatted(idr("5000.00")))
            .expect(201)
            .text("/id");
    Answer imported =
        Bank.handIn(
                finance,
                "MT940",
                new Bank("TWICE", "IDR", "0.00")
                    .entry("C", "5000.00", "A", "x")
                    .entry("C", "5000.00", "B", "x")
                    .statement(1))
            .expect(201);
    JsonNode entries = entries(imported.text("/data/0/id"));
    match(entries, 0, allocation(customer, "5000.00", "pay_01J9ZQ3V6X8Y5W2K7M4N1P0R3T"))
        .expectProblem(422, "bank-match.payment-unknown");
    match(entries, 0, allocation(customer, "5000.00", payment)).expect(200);
    match(entries, 1, allocation(customer, "5000.00", payment))
        .expectProblem(409, "bank-match.payment-taken");
    say(entries, 0, "unmatch", "the other one").expect(200);
    match(entries, 1, allocation(customer, "5000.00", payment)).expect(200);
    assertThat(platform.get(customer.platformPath()).expect(200).text("/amount_paid/amount"))
        .isEqualTo("5000.00");
  }

  @Test
  void csvIsReadByTheMappingThatWasDescribedForTheBank() {
    Map<String, String> fields =
        Map.of(
            "format", "CSV",
            "bank", "Bank Uji",
            "account", "CSV-1",
            "currency", "IDR",
            "number", "2026-060",
            "opening_balance", "1000000.00",
            "closing_balance", "1150000.00",
            "from", "2026-03-01",
            "to", "2026-03-01");
    byte[] file =
        "Tanggal;Nilai;Berita\r\n01/03/2026;150.000,00;halo\r\n".getBytes(StandardCharsets.UTF_8);
    Bank.handIn(finance, file, fields).expectProblem(422, "bank-csv-mapping.unknown");
    String mapping =
        """
        {"bank": "Bank Uji", "delimiter": ";", "charset": "%s", "decimal_mark": ",",
         "date_format": "dd/MM/yyyy", "booked_on": "Tanggal", "amount": "Nilai",
         "remittance": "Berita"}""";
    finance
        .post("/api/finance/bank-csv-mappings", mapping.formatted("klingon"))
        .expectProblem(400, "request.invalid");
    Answer described =
        finance.post("/api/finance/bank-csv-mappings", mapping.formatted("UTF-8")).expect(200);
    Answer imported = Bank.handIn(finance, file, fields).expect(201);
    assertThat(imported.text("/data/0/number")).isEqualTo("2026-060");
    assertThat(entries(imported.text("/data/0/id")).at("/0/text").asString()).isEqualTo("halo");
    assertThat(
            finance
                .after(described)
                .get("/api/finance/bank-csv-mappings")
                .expect(200)
                .text("/data/0/bank"))
        .isEqualTo("Bank Uji");
    Map<String, String> renamed = new java.util.HashMap<>(fields);
    renamed.put("number", "2026-061");
    Bank.handIn(finance, file, renamed).expectProblem(409, "bank-statement.same-file");
  }

  @Test
  void noNameAndNoTextIsInAnyEvent() {
    String secret = "Siti Rahasia " + System.nanoTime();
    Bank.handIn(
            finance,
            "MT940",
            new Bank("SECRET", "IDR", "0.00").entry("C", "1.00", "A", secret).statement(1))
        .expect(201);
    assertThat(
            platform
                .get("/api/audit/events?type=bank.statement-imported&limit=500")
                .expect(200)
                .raw())
        .contains("SECRET")
        .doesNotContain(secret);
    assertThat(database.queryForObject("SELECT count(*) FROM bank_entry_text", Integer.class))
        .as("without a scope there are no rows")
        .isZero();
  }

  private JsonNode entries(String statement) {
    return finance
        .get("/api/finance/bank-statements/" + statement + "/entries")
        .expect(200)
        .json()
        .at("/data");
  }

  private List<String> queue(String account, String status, int limit) {
    List<String> references = new ArrayList<>();
    String cursor = "";
    do {
      Answer page =
          finance
              .get(
                  "/api/finance/bank-entries?status=%s&account_id=%s&limit=%d%s"
                      .formatted(status, account, limit, cursor))
              .expect(200);
      page.json()
          .at("/data")
          .forEach(
              entry -> {
                assertThat(entry.at("/status").asString()).isEqualTo(status);
                references.add(entry.at("/reference").asString());
              });
      cursor =
          page.json().at("/has_more").asBoolean() ? "&cursor=" + page.text("/next_cursor") : "";
    } while (!cursor.isEmpty());
    return references;
  }

  private Answer match(JsonNode entries, int entry, String... invoices) {
    return finance.post(
        path(entries, entry, "match"),
        "{\"invoices\": [%s]}".formatted(String.join(", ", invoices)));
  }

  private Answer say(JsonNode entries, int entry, String what, String reason) {
    return finance.post(path(entries, entry, what), "{\"reason\": \"%s\"}".formatted(reason));
  }

  private static String path(JsonNode entries, int entry, String what) {
    return "/api/finance/bank-entries/%s/%s"
        .formatted(entries.at("/" + entry + "/id").asString(), what);
  }

  private String number(Customer customer) {
    return platform.get(customer.platformPath()).expect(200).text("/invoice_number");
  }

  private Answer reconciliation(String account) {
    return finance.get("/api/finance/bank-accounts/" + account + "/reconciliation");
  }

  private static String totals(Answer explained, String kind) {
    for (JsonNode total : explained.json().at("/totals")) {
      if (total.at("/kind").asString().equals(kind)) {
        return total.at("/amount/amount").asString();
      }
    }
    return null;
  }

  private static String allocation(Customer customer, String amount) {
    return "{\"invoice_id\": \"%s\", \"amount\": %s}".formatted(customer.invoice(), idr(amount));
  }

  private static String allocation(Customer customer, String amount, String payment) {
    return "{\"invoice_id\": \"%s\", \"amount\": %s, \"payment_id\": \"%s\"}"
        .formatted(customer.invoice(), idr(amount), payment);
  }

  private static String idr(String amount) {
    return "{\"amount\": \"%s\", \"currency\": \"IDR\"}".formatted(amount);
  }

  private void booksAreRight() {
    Answer run =
        platform.post("/api/platform/runs/reconciliation", "{\"dry_run\": false}").expect(202);
    Answer done =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> platform.get("/api/platform/runs/" + run.text("/id")).expect(200),
                answer -> answer.text("/status").equals("DONE"));
    assertThat(done.json().at("/checks")).hasSizeGreaterThan(8);
    done.json()
        .at("/checks")
        .forEach(check -> assertThat(check.at("/count").asInt()).as(check.toString()).isZero());
    platform
        .get("/api/finance/trial-balance")
        .expect(200)
        .json()
        .at("/totals")
        .forEach(total -> assertThat(total.at("/difference/amount").asString()).isEqualTo("0.00"));
  }
}
