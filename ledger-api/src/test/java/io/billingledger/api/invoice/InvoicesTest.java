package io.billingledger.api.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.api.invoice.Customers.Customer;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.ProofId;
import io.billingledger.kernel.TenantId;
import io.billingledger.proof.SampleFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@LedgerTest
class InvoicesTest {
  @LocalServerPort private int port;
  @Autowired private Customers customers;
  private ApiClient platform;

  @BeforeEach
  void platform() {
    platform = ApiClient.owner(port);
  }

  @Test
  void anInvoiceIsAnsweredToTheCent() {
    Customer customer = customers.sign(platform, "150000.00");
    Answer invoice = customer.owner().get(customer.path()).expect(200);
    assertThat(invoice.text("/status")).isEqualTo("PENDING");
    assertThat(invoice.text("/subscription_id")).isEqualTo(customer.subscription().value());
    assertThat(invoice.text("/invoice_number")).matches("[A-Z0-9]+-\\d{4}-\\d{6}");
    assertThat(invoice.text("/subtotal/amount")).isEqualTo("135135.14");
    assertThat(invoice.text("/tax_total/amount")).isEqualTo("14864.86");
    assertThat(invoice.text("/total/amount")).isEqualTo("150000.00");
    assertThat(invoice.text("/amount_due/amount")).isEqualTo("150000.00");
    assertThat(invoice.text("/taxes/0/base_factor")).isEqualTo("11/12");
    assertThat(invoice.text("/taxes/0/rate_percent")).isEqualTo("12");
    assertThat(invoice.text("/line_items/0/gross_amount/amount")).isEqualTo("150000.00");
    assertThat(invoice.text("/line_items/0/unit_price")).isEqualTo("150000.00");
    assertThat(invoice.header("ETag")).contains("\"" + invoice.text("/version") + "\"");
  }

  @Test
  void itIsPaidInPartsAndWhatIsTooMuchBecomesCredit() {
    Customer customer = customers.sign(platform, "150000.00");
    Answer first = pay(customer, "100000.00").expect(201);
    assertThat(first.text("/id")).startsWith("pay_");
    assertThat(first.text("/invoice_status")).isEqualTo("PARTIAL");
    assertThat(first.text("/amount_due/amount")).isEqualTo("50000.00");
    Answer second = pay(customer, "60000.00").expect(201);
    assertThat(second.text("/invoice_status")).isEqualTo("PAID");
    assertThat(second.text("/credited_amount/amount")).isEqualTo("10000.00");

    ApiClient reader = platform.after(second);
    Answer invoice = reader.get(customer.platformPath()).expect(200);
    assertThat(invoice.text("/status")).isEqualTo("PAID");
    assertThat(invoice.text("/amount_paid/amount")).isEqualTo("150000.00");
    assertThat(invoice.text("/paid_at")).isNotEmpty();
    Answer credit =
        reader.get("/api/platform/tenants/%s/credit".formatted(customer.tenant())).expect(200);
    assertThat(credit.text("/balance/amount")).isEqualTo("10000.00");
    assertThat(credit.text("/data/0/kind")).isEqualTo("GRANTED");
    assertThat(credit.text("/data/0/invoice_id")).isEqualTo(customer.invoice());

    Answer entries =
        reader.get("/api/finance/entries?invoice_id=" + customer.invoice()).expect(200);
    assertThat(entries.json().at("/data")).hasSize(3);
    assertThat(entries.text("/data/0/cause_type")).isEqualTo("invoice.payment-recorded");
    assertThat(entries.json().at("/data/0/postings")).hasSize(3);
    booksBalance(reader);
  }

  @Test
  void theSameRequestPaysOnce() {
    Customer customer = customers.sign(platform, "150000.00");
    ApiClient once = platform.key("pay-" + customer.invoice());
    String body = payment("40000.00");
    Answer first = once.post(customer.platformPath() + "/payments", body).expect(201);
    Answer again = once.post(customer.platformPath() + "/payments", body).expect(201);
    assertThat(again.header("Idempotent-Replayed")).contains("true");
    assertThat(again.raw()).isEqualTo(first.raw());
    Answer invoice = platform.after(again).get(customer.platformPath()).expect(200);
    assertThat(invoice.json().at("/payments")).hasSize(1);
  }

  @Test
  void aPaymentMustFit() {
    Customer customer = customers.sign(platform, "150000.00");
    String path = customer.platformPath() + "/payments";
    platform
        .post(
            path,
            "{\"amount\": {\"amount\": \"1.00\", \"currency\": \"USD\"}, \"method\": \"CASH\"}")
        .expectProblem(422, "invoice.currency-mismatch");
    platform.post(path, payment("0.00")).expectProblem(422, "invoice.amount-not-positive");
    platform.post(path, payment("-5.00")).expectProblem(422, "invoice.amount-not-positive");
    platform.post(path, "{\"method\": \"CASH\"}").expectProblem(400, "request.invalid");
    platform.post(path, "{}").expectProblem(400, "request.invalid");
    platform
        .with("If-Match", "\"77\"")
        .post(path, payment("1.00"))
        .expectProblem(412, "version.stale");
    platform
        .post("/api/platform/invoices/" + InvoiceId.next() + "/payments", payment("1.00"))
        .expectProblem(404, "invoice.unknown");
  }

  @Test
  void aFileIsTakenByItsContent() {
    Customer customer = customers.sign(platform, "150000.00");
    proof(customer, "150000.00", "#!/bin/sh".getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .expectProblem(422, "proof.file-type");
    proof(customer, "150000.00", new byte[0]).expectProblem(422, "proof.file-empty");
    proof(customer, "150000.00", new byte[5 * 1024 * 1024 + 1])
        .expectProblem(422, "proof.file-too-large");
    form("150000.00", SampleFiles.png())
        .text("colour", "red")
        .post(customer.owner(), customer.path() + "/proof")
        .expectProblem(400, "request.invalid");
    new Form()
        .text("amount", "1.00")
        .text("currency", "IDR")
        .post(customer.owner(), customer.path() + "/proof")
        .expectProblem(400, "request.invalid");
    form("150000", SampleFiles.png())
        .post(customer.owner(), customer.path() + "/proof")
        .expectProblem(400, "request.invalid");
    customer
        .owner()
        .post(customer.path() + "/proof", "{}")
        .expectProblem(415, "media-type.unsupported");
    new Form()
        .file(SampleFiles.png())
        .text("amount", "150000.00")
        .text("currency", "USD")
        .post(customer.owner(), customer.path() + "/proof")
        .expectProblem(422, "invoice.currency-mismatch");

    Answer made = proof(customer, "150000.00", SampleFiles.jpeg()).expect(201);
    assertThat(made.text("/status")).isEqualTo("SUBMITTED");
    assertThat(made.text("/content_type")).isEqualTo("image/jpeg");
    assertThat(made.text("/bank_reference")).isEqualTo("TRX-77");
    String file = made.header("Location").orElseThrow();
    for (String path : List.of(file, file.replace("/api/subscriptions/", "/api/platform/"))) {
      ApiClient reader = path.equals(file) ? customer.owner() : platform;
      Answer download = reader.after(made).get(path).expect(200);
      assertThat(download.response().body()).isEqualTo(SampleFiles.jpeg());
      assertThat(download.contentType()).isEqualTo("image/jpeg");
      assertThat(download.header("X-Content-Type-Options")).contains("nosniff");
      assertThat(download.header("Content-Disposition").orElseThrow())
          .startsWith("attachment")
          .contains(made.text("/id") + ".jpg");
    }
  }

  @Test
  void aFileThatWasUsedBeforeIsShownToTheApprover() {
    byte[] file = SampleFiles.pdf("used twice " + System.nanoTime());
    Customer first = customers.sign(platform, "150000.00");
    proof(first, "150000.00", file).expect(201);
    Customer second = customers.sign(platform, "150000.00");
    Answer made = proof(second, "150000.00", file).expect(201);
    assertThat(made.raw()).doesNotContain("same_file_as");
    assertThat(second.owner().after(made).get(second.path()).expect(200).raw())
        .doesNotContain("same_file_as");
    assertThat(
            platform
                .after(made)
                .get(second.platformPath())
                .expect(200)
                .text("/payment_proofs/0/same_file_as"))
        .isEqualTo(first.invoice());
  }

  @Test
  void anApprovedProofPays() {
    Customer customer = customers.sign(platform, "150000.00");
    String rejected = proof(customer, "150000.00", SampleFiles.png()).expect(201).text("/id");
    verify(platform, customer, rejected, "reject", null).expectProblem(400, "request.invalid");
    Answer no = verify(platform, customer, rejected, "reject", "unreadable").expect(200);
    assertThat(no.text("/status")).isEqualTo("PENDING");
    assertThat(no.text("/payment_proofs/0/status")).isEqualTo("REJECTED");
    assertThat(no.text("/payment_proofs/0/reason")).isEqualTo("unreadable");

    String approved = proof(customer, "150000.00", SampleFiles.jpeg()).expect(201).text("/id");
    Answer yes = verify(platform, customer, approved, "approve", "seen").expect(200);
    assertThat(yes.text("/status")).isEqualTo("PAID");
    assertThat(yes.text("/payment_proofs/1/status")).isEqualTo("APPROVED");
    assertThat(yes.text("/payment_proofs/1/decided_by")).isEqualTo("platform-owner");
    verify(platform, customer, approved, "approve", "again")
        .expectProblem(409, "proof.already-decided");
    verify(platform, customer, ProofId.next().value(), "approve", "none")
        .expectProblem(404, "proof.unknown");
    proof(customer, "150000.00", SampleFiles.png()).expectProblem(409, "invoice.not-payable");
    assertThat(customer.owner().after(yes).get(customer.path()).expect(200).raw())
        .doesNotContain("platform-owner");
    booksBalance(platform.after(yes));
  }

  @Test
  void aLargeProofNeedsTwoPeople() {
    Customer customer = customers.sign(platform, "12000000.00");
    String proof = proof(customer, "12000000.00", SampleFiles.png()).expect(201).text("/id");
    ApiClient ani = platform.asNew("ani@example.com", "platform_billing", null);
    ApiClient aniAgain = platform.asNew("ani@example.com", "platform_billing", null);
    ApiClient budi = platform.asNew("budi@example.com", "platform_billing", null);
    Answer first = verify(ani, customer, proof, "approve", "seen").expect(200);
    assertThat(first.text("/status")).isEqualTo("PENDING");
    assertThat(first.text("/payment_proofs/0/status")).isEqualTo("AWAITING_SECOND_APPROVAL");
    assertThat(first.text("/payment_proofs/0/first_approved_by")).isEqualTo("ani@example.com");
    verify(aniAgain, customer, proof, "approve", "seen again")
        .expectProblem(409, "proof.second-approver-same");
    Answer second = verify(budi, customer, proof, "approve", "seen too").expect(200);
    assertThat(second.text("/status")).isEqualTo("PAID");
  }

  @Test
  void aProofThatManyApproveAtOncePaysOnce() throws Exception {
    Customer customer = customers.sign(platform, "150000.00");
    String proof = proof(customer, "150000.00", SampleFiles.png()).expect(201).text("/id");
    List<Integer> statuses = new ArrayList<>();
    try (var callers = Executors.newFixedThreadPool(16)) {
      CountDownLatch ready = new CountDownLatch(16);
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        answers.add(
            callers.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return verify(platform, customer, proof, "approve", "seen").status();
                }));
      }
      for (Future<Integer> answer : answers) {
        statuses.add(answer.get());
      }
    }
    assertThat(statuses).containsOnly(200, 409).containsOnlyOnce(200);
    Answer any = pay(customer, "1.00").expect(201);
    Answer invoice = platform.after(any).get(customer.platformPath()).expect(200);
    assertThat(invoice.text("/status")).isEqualTo("PAID");
    assertThat(invoice.text("/amount_paid/amount")).isEqualTo("150000.00");
    assertThat(invoice.json().at("/payments")).hasSize(2);
    booksBalance(platform.after(any));
  }

  @Test
  void anInvoiceIsVoidedUnlessSomebodyHasPaidOnIt() {
    Customer customer = customers.sign(platform, "150000.00");
    String path = customer.platformPath() + "/void";
    platform
        .post(path, "{\"then\": \"NOTHING\", \"reason\": \"x\"}")
        .expectProblem(400, "request.invalid");
    platform.post(path, "{\"then\": \"WAIVE\"}").expectProblem(400, "request.invalid");
    platform
        .with("If-Match", "\"9\"")
        .post(path, "{\"then\": \"WAIVE\", \"reason\": \"wrong\"}")
        .expectProblem(412, "version.stale");
    String version = platform.get(customer.platformPath()).text("/version");
    Answer done =
        platform
            .with("If-Match", "\"" + version + "\"")
            .post(path, "{\"then\": \"WAIVE\", \"reason\": \"a gift\"}")
            .expect(200);
    assertThat(done.text("/status")).isEqualTo("VOID");
    assertThat(done.text("/closing_reason")).isEqualTo("a gift");
    assertThat(done.text("/amount_due/amount")).isEqualTo("0.00");
    platform
        .post(path, "{\"then\": \"WAIVE\", \"reason\": \"again\"}")
        .expectProblem(409, "invoice.not-voidable");
    Answer late = pay(customer, "500.00").expect(201);
    assertThat(late.text("/invoice_status")).isEqualTo("VOID");
    assertThat(late.text("/credited_amount/amount")).isEqualTo("500.00");
    booksBalance(platform.after(late));

    Customer paying = customers.sign(platform, "150000.00");
    pay(paying, "1.00").expect(201);
    platform
        .post(paying.platformPath() + "/void", "{\"then\": \"REISSUE\", \"reason\": \"wrong\"}")
        .expectProblem(409, "invoice.has-payments");
  }

  @Test
  void anotherTenantsInvoiceDoesNotExist() {
    Customer one = customers.sign(platform, "150000.00");
    Customer other = customers.sign(platform, "150000.00");
    Answer made = proof(one, "150000.00", SampleFiles.png()).expect(201);
    ApiClient stranger = other.owner().after(made);
    stranger.get(one.path()).expectProblem(404, "invoice.unknown");
    stranger.get(made.header("Location").orElseThrow()).expectProblem(404, "invoice.unknown");
    proof(
            new Customer(one.tenant(), one.subscription(), stranger, one.invoice()),
            "1.00",
            SampleFiles.png())
        .expectProblem(404, "invoice.unknown");
    assertThat(stranger.get("/api/subscriptions/invoices").expect(200).json().at("/data"))
        .hasSize(1);
    stranger.get(one.platformPath()).expectProblem(403, "role.missing");
    stranger.get("/api/finance/trial-balance").expectProblem(403, "role.missing");
    platform.get("/api/subscriptions/invoices").expectProblem(403, "role.missing");
  }

  @Test
  void listsAreFilteredAndPaged() {
    Customer customer = customers.sign(platform, "150000.00");
    String mine = "/api/platform/invoices?tenant_id=" + customer.tenant();
    assertThat(platform.get(mine + "&status=PENDING").expect(200).json().at("/data")).hasSize(1);
    for (String status : List.of("OVERDUE", "PAID", "PARTIAL", "VOID", "WRITTEN_OFF", "DRAFT")) {
      assertThat(platform.get(mine + "&status=" + status).expect(200).json().at("/data")).isEmpty();
    }
    platform.get(mine + "&status=LATE").expectProblem(400, "parameter.invalid");
    platform.get(mine + "&colour=red").expectProblem(400, "parameter.invalid");
    assertThat(
            platform
                .get("/api/platform/invoices?tenant_id=" + TenantId.next())
                .expect(200)
                .json()
                .at("/data"))
        .isEmpty();
    customers.sign(platform, "150000.00");
    Answer page = platform.get("/api/platform/invoices?limit=1").expect(200);
    assertThat(page.json().at("/has_more").asBoolean()).isTrue();
    Answer next =
        platform
            .get("/api/platform/invoices?limit=1&cursor=" + page.text("/next_cursor"))
            .expect(200);
    assertThat(next.text("/data/0/id")).isNotEqualTo(page.text("/data/0/id"));
    platform.get("/api/finance/entries?limit=1").expect(200);
    platform
        .get("/api/finance/trial-balance?as_of=yesterday")
        .expectProblem(400, "parameter.invalid");
    assertThat(
            platform
                .get("/api/finance/trial-balance?as_of=2020-01-01T00:00:00Z")
                .expect(200)
                .json()
                .at("/accounts"))
        .isEmpty();
    platform
        .get("/api/platform/tenants/%s/credit".formatted(TenantId.next()))
        .expectProblem(404, "tenant.unknown");
  }

  private Answer pay(Customer customer, String amount) {
    return platform.post(customer.platformPath() + "/payments", payment(amount));
  }

  private static String payment(String amount) {
    return """
    {"amount": {"amount": "%s", "currency": "IDR"}, "method": "BANK_TRANSFER", "reference": "R1",
     "paid_at": "2026-01-01T00:00:00Z"}"""
        .formatted(amount);
  }

  private static Form form(String amount, byte[] file) {
    return new Form()
        .file(file)
        .text("amount", amount)
        .text("currency", "IDR")
        .text("paid_at", "2026-01-01T00:00:00Z")
        .text("bank_reference", "TRX-77");
  }

  private static Answer proof(Customer customer, String amount, byte[] file) {
    return form(amount, file).post(customer.owner(), customer.path() + "/proof");
  }

  private static Answer verify(
      ApiClient by, Customer customer, String proof, String decision, String reason) {
    return by.post(
        customer.verifyPath(),
        """
        {"proof_id": "%s", "decision": "%s", "reason": %s}"""
            .formatted(proof, decision, reason == null ? "null" : '"' + reason + '"'));
  }

  private static void booksBalance(ApiClient reader) {
    Answer balance = reader.get("/api/finance/trial-balance").expect(200);
    assertThat(balance.json().at("/accounts").isEmpty()).isFalse();
    balance
        .json()
        .at("/totals")
        .forEach(total -> assertThat(total.at("/difference/amount").asString()).isEqualTo("0.00"));
  }
}
