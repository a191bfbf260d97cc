package io.billingledger.api.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.api.invoice.Customers.Customer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Credit notes and given credit as finance and the tenant see them, on a clock that can move. */
@LedgerTest
@TestPropertySource(
    properties = {"ledger.test-clock.enabled=true", "ledger.test-clock.start=2026-03-01T03:00:00Z"})
class CreditNotesOverHttpTest {
  @LocalServerPort private int port;
  @Autowired private Customers customers;
  private ApiClient platform;
  private ApiClient reader;

  @BeforeEach
  void platform() {
    platform = ApiClient.owner(port);
    reader = platform;
  }

  @Test
  void aBalanceNoteIsUsedByTheTenantAndUndoneOnlyUnspent() {
    Customer customer = customers.sign(platform, "150000.00");
    pay(customer, "150000.00");
    Answer note = note(customer, "BALANCE", "\"amount\": " + idr("50000.00")).expect(201);
    assertThat(note.text("/credit_note_number")).matches("[A-Z0-9]+-CN-2026-\\d{6}");
    assertThat(note.text("/subtotal/amount")).isEqualTo("45045.05");
    assertThat(note.text("/tax_total/amount")).isEqualTo("4954.95");
    assertThat(balance(customer)).isEqualTo("50000.00");

    Answer invoice = reader.get(customer.platformPath()).expect(200);
    assertThat(invoice.text("/status")).isEqualTo("PAID");
    assertThat(invoice.text("/credit_notes/0/id")).isEqualTo(note.text("/id"));
    assertThat(invoice.text("/amount_due/amount")).isEqualTo("0.00");
    assertThat(
            customer
                .owner()
                .get("/api/subscriptions/credit-notes/" + note.text("/id"))
                .expect(200)
                .json())
        .isEqualTo(
            platform.get("/api/platform/credit-notes/" + note.text("/id")).expect(200).json());

    reverse(customer, note).expect(200);
    assertThat(balance(customer)).isEqualTo("0.00");
    reverse(customer, note).expectProblem(409, "credit-note.already-reversed");

    // The renewal draws what the second note gave: it cannot be taken back any more.
    Answer second = note(customer, "BALANCE", "\"amount\": " + idr("60000.00")).expect(201);
    assertThat(second.text("/credit_note_number")).isNotEqualTo(note.text("/credit_note_number"));
    platform.post("/api/test-clock/advance", "{\"by\": \"P24D\"}").expect(200);
    Answer renewal =
        platform.get("/api/platform/invoices?limit=1&tenant_id=" + customer.tenant()).expect(200);
    assertThat(renewal.text("/data/0/amount_credited/amount")).isEqualTo("60000.00");
    assertThat(renewal.text("/data/0/amount_due/amount")).isEqualTo("90000.00");
    reverse(customer, second).expectProblem(409, "credit.spent");
    booksAreRight();
  }

  @Test
  void aRefundOfEverythingIsARefundedInvoice() {
    Customer customer = customers.sign(platform, "150000.00");
    pay(customer, "150000.00");
    note(customer, "REFUND", "\"amount\": " + idr("150000.00"))
        .expectProblem(400, "request.invalid");
    Answer note =
        note(
                customer,
                "REFUND",
                "\"amount\": " + idr("150000.00") + ", \"reference\": \"BCA out 17\"")
            .expect(201);
    assertThat(status(customer)).isEqualTo("REFUNDED");
    assertThat(
            platform
                .get("/api/platform/invoices?status=REFUNDED&tenant_id=" + customer.tenant())
                .expect(200)
                .json()
                .at("/data"))
        .hasSize(1);
    reverse(customer, note).expect(200);
    assertThat(status(customer)).isEqualTo("PAID");
    booksAreRight();
  }

  @Test
  void anAdjustmentByLineSettlesTheInvoice() {
    Customer customer = customers.sign(platform, "150000.00");
    String line = customer.owner().get(customer.path()).expect(200).text("/line_items/0/id");
    String lines = "\"lines\": [{\"line_id\": \"%s\", \"amount\": %s}]";
    note(customer, "ADJUSTMENT", lines.formatted(line, idr("150000.01")))
        .expectProblem(409, "credit-note.line-too-large");
    note(customer, "ADJUSTMENT", lines.formatted(line, "null"))
        .expectProblem(400, "request.invalid");
    note(customer, "ADJUSTMENT", lines.formatted(line, idr("150000.00"))).expect(201);
    Answer invoice = reader.get(customer.platformPath()).expect(200);
    assertThat(invoice.text("/status")).isEqualTo("PAID");
    assertThat(invoice.text("/amount_credited/amount")).isEqualTo("150000.00");
    assertThat(invoice.text("/amount_paid/amount")).isEqualTo("0.00");
    booksAreRight();
  }

  @Test
  void manyNotesAtOnceNeverTakeMoreThanThereIsAndLeaveNoGap() throws Exception {
    Customer customer = customers.sign(platform, "150000.00");
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      calls.add(() -> note(customer, "ADJUSTMENT", "\"amount\": " + idr("20000.00")).status());
    }
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(16)) {
      for (Future<Integer> call : pool.invokeAll(calls)) {
        statuses.add(call.get());
      }
    }
    assertThat(statuses.stream().filter(status -> status == 201)).hasSize(7);
    assertThat(statuses).containsOnly(201, 409);
    List<Integer> numbers = new ArrayList<>();
    advance(platform.get("/api/test-clock").expect(200).text("/now"));
    platform
        .get("/api/platform/credit-notes?limit=500")
        .expect(200)
        .json()
        .at("/data")
        .forEach(
            note -> {
              String number = note.at("/credit_note_number").asString();
              numbers.add(Integer.valueOf(number.substring(number.length() - 6)));
            });
    assertThat(numbers.stream().distinct()).hasSize(numbers.size());
    assertThat(numbers.stream().mapToInt(Integer::intValue).max()).hasValue(numbers.size());
    booksAreRight();
  }

  @Test
  void givenCreditIsUsedBeforeItExpiresAndTheRestEnds() {
    Customer customer = customers.sign(platform, "150000.00");
    pay(customer, "150000.00");
    String now = platform.get("/api/test-clock").expect(200).text("/now");
    java.time.Instant end = java.time.Instant.parse(now).plus(java.time.Duration.ofDays(40));
    change(
            "/api/platform/tenants/" + customer.tenant() + "/credit",
            """
            {"amount": %s, "reason": "Sorry", "expires_at": "%s"}"""
                .formatted(idr("200000.00"), end))
        .expect(201);
    assertThat(balance(customer)).isEqualTo("200000.00");
    advance(java.time.Instant.parse(now).plus(java.time.Duration.ofDays(25)).toString());
    assertThat(balance(customer)).isEqualTo("50000.00");
    advance(end.toString());
    Answer credit = credit(customer);
    assertThat(credit.text("/balance/amount")).isEqualTo("0.00");
    assertThat(credit.text("/data/0/kind")).isEqualTo("EXPIRED");
    assertThat(credit.text("/data/0/amount/amount")).isEqualTo("-50000.00");
    assertThat(credit.text("/data/2/kind")).isEqualTo("GIVEN");
    assertThat(credit.text("/data/2/reason")).isEqualTo("Sorry");
    booksAreRight();
  }

  private Answer note(Customer customer, String type, String more) {
    return change(
        customer.platformPath() + "/credit-notes",
        "{\"type\": \"%s\", \"reason\": \"agreed\", %s}".formatted(type, more));
  }

  /** Whoever reads after it waits for it. */
  private Answer change(String path, String body) {
    Answer answer = platform.post(path, body);
    reader = platform.after(answer);
    return answer;
  }

  private Answer reverse(Customer customer, Answer note) {
    return change(
        customer.platformPath() + "/credit-notes/" + note.text("/id") + "/reverse",
        "{\"reason\": \"a mistake\"}");
  }

  private void pay(Customer customer, String amount) {
    change(
            customer.platformPath() + "/payments",
            "{\"amount\": %s, \"method\": \"BANK_TRANSFER\"}".formatted(idr(amount)))
        .expect(201);
  }

  private String status(Customer customer) {
    return reader.get(customer.platformPath()).expect(200).text("/status");
  }

  private Answer credit(Customer customer) {
    return reader.get("/api/platform/tenants/" + customer.tenant() + "/credit").expect(200);
  }

  private String balance(Customer customer) {
    return credit(customer).text("/balance/amount");
  }

  private void advance(String to) {
    platform.post("/api/test-clock/advance", "{\"to\": \"%s\"}".formatted(to)).expect(200);
  }

  /** Trial balance zero and no break. */
  private void booksAreRight() {
    Answer run =
        platform.post("/api/platform/runs/reconciliation", "{\"dry_run\": false}").expect(202);
    Answer done =
        await()
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

  private static String idr(String amount) {
    return "{\"amount\": \"%s\", \"currency\": \"IDR\"}".formatted(amount);
  }
}
