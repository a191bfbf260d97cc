package io.billingledger.api.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.billingledger.LedgerApplication;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.wiring.TestDatabase;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/** With sandbox time, so that sellers move and links expire. */
@SpringBootTest(
    classes = LedgerApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"ledger.bootstrap-key=" + ApiClient.OWNER_KEY, "ledger.test-clock.enabled=true"})
@ContextConfiguration(initializers = TestDatabase.class)
class InvoiceDocumentsTest {
  @LocalServerPort private int port;
  private ApiClient platform;

  /** A tenant with one invoice. */
  private record Customer(String tenant, ApiClient owner, String invoice) {
    String own(String rest) {
      return "/api/subscriptions/invoices/" + invoice + rest;
    }

    String ofPlatform(String rest) {
      return "/api/platform/invoices/" + invoice + rest;
    }
  }

  @BeforeEach
  void setUp() {
    platform = ApiClient.owner(port);
  }

  @Test
  void aDocumentNamesBothAsTheyWereAtIssue() throws IOException {
    describe("PT Lama", "111 222");
    Customer customer = customer("Toko Rina", "ID", "03.456.789.0-034.000");
    Answer before = customer.owner().get(customer.own("/document.pdf")).expect(200);
    assertThat(before.contentType()).isEqualTo("application/pdf");
    assertThat(text(before))
        .contains(
            "Tagihan",
            "PT Lama",
            "NPWP/ID pajak 01.234.567.8-012.000",
            "111 222",
            "Toko Rina",
            "NPWP/ID pajak 03.456.789.0-034.000",
            "PPN 12% × 11/12",
            "IDR 150.000,00");
    advance("PT1H");
    describe("PT Baru", "333 444");
    Answer after = customer.owner().get(customer.own("/document.pdf")).expect(200);
    assertThat(after.response().body()).isEqualTo(before.response().body());
    Customer later = customer("Toko Sari", "ID", null);
    assertThat(text(later.owner().get(later.own("/document.pdf")).expect(200)))
        .contains("PT Baru", "333 444")
        .doesNotContain("PT Lama");
  }

  @Test
  void theLanguageIsTheCountrysUnlessAsked() throws IOException {
    describe("PT Lama", "111 222");
    Customer singapore = customer("Quay Pte Ltd", "SG", null);
    assertThat(text(singapore.owner().get(singapore.own("/document.pdf"))))
        .contains("BILLED TO", "Singapore");
    assertThat(text(platform.get(singapore.ofPlatform("/document.pdf?language=id"))))
        .contains("Tagihan", "Singapura");
    singapore
        .owner()
        .get(singapore.own("/document.pdf?language=fr"))
        .expectProblem(400, "parameter.invalid");
  }

  @Test
  void theETagIsTheDigestOfTheBytesAndSavesSendingThemAgain() throws Exception {
    Customer customer = customer("Toko Rina", "ID", null);
    for (String file : new String[] {"/document.pdf", "/document.xml"}) {
      describe("PT Lama", "111 222");
      Answer answer = platform.get(customer.ofPlatform(file)).expect(200);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(answer.response().body());
      String tag = '"' + HexFormat.of().formatHex(digest) + '"';
      assertThat(answer.header("ETag")).contains(tag);
      Answer again = platform.with("If-None-Match", tag).get(customer.ofPlatform(file)).expect(304);
      assertThat(again.response().body()).isEmpty();
    }
  }

  @Test
  void whatWasPaidSaysSoAndTheElectronicInvoiceStaysAsItWas() throws IOException {
    describe("PT Lama", "111 222");
    Customer customer = customer("Toko Rina", "ID", null);
    String xml = platform.get(customer.ofPlatform("/document.xml")).expect(200).raw();
    assertThat(xml)
        .contains("<cbc:PayableAmount currencyID=\"IDR\">150000.00</cbc:PayableAmount>")
        .contains("PT Lama", "Toko Rina");
    Answer paid =
        platform
            .post(
                customer.ofPlatform("/payments"),
                """
                {"amount": {"amount": "150000.00", "currency": "IDR"}, "method": "BANK_TRANSFER"}""")
            .expect(201);
    assertThat(text(platform.after(paid).get(customer.ofPlatform("/document.pdf?language=en"))))
        .contains("Paid in full on", "Nothing to pay")
        .doesNotContain("111 222");
    assertThat(platform.after(paid).get(customer.ofPlatform("/document.xml")).raw()).isEqualTo(xml);
  }

  @Test
  void whatIsVoidSaysSoAndHasNoElectronicInvoice() throws IOException {
    describe("PT Lama", "111 222");
    Customer customer = customer("Toko Rina", "ID", null);
    Answer voided =
        platform
            .post(customer.ofPlatform("/void"), "{\"then\": \"WAIVE\", \"reason\": \"a mistake\"}")
            .expect(200);
    assertThat(text(platform.after(voided).get(customer.ofPlatform("/document.pdf?language=en"))))
        .contains("Do not pay.");
    platform
        .after(voided)
        .get(customer.ofPlatform("/document.xml"))
        .expectProblem(409, "document.void");
  }

  @Test
  void aCreditNoteIsADocumentOfItsOwnAndTheInvoiceSaysWhatWasGivenBack() throws IOException {
    describe("PT Lama", "111 222");
    Customer customer = customer("Toko Rina", "ID", null);
    ApiClient stranger = customer("Toko Lain", "ID", null).owner();
    platform
        .post(
            customer.ofPlatform("/payments"),
            """
            {"amount": {"amount": "150000.00", "currency": "IDR"}, "method": "BANK_TRANSFER"}""")
        .expect(201);
    Answer part = credit(customer, "30000.00");
    String path = "/credit-notes/" + part.text("/id") + "/document.pdf?language=en";
    ApiClient owner = customer.owner().after(part);
    assertThat(text(owner.get("/api/subscriptions" + path)))
        .contains(
            part.text("/credit_note_number"),
            "PT Lama",
            "Toko Rina",
            "IDR 30,000.00",
            "27,027.03",
            "Added to your credit",
            "goodwill");
    assertThat(text(platform.after(part).get("/api/platform" + path))).contains("Credit note");
    stranger.after(part).get("/api/subscriptions" + path).expectProblem(404, "credit-note.unknown");
    assertThat(text(owner.get(customer.own("/document.pdf?language=en"))))
        .contains("a part was given back", "Given back by credit notes since 30,000.00");
    Answer rest = credit(customer, "120000.00");
    assertThat(text(platform.after(rest).get(customer.ofPlatform("/document.pdf?language=en"))))
        .contains("Refunded", "given back since", "150,000.00")
        .doesNotContain("Paid in full");
  }

  private Answer credit(Customer customer, String amount) {
    return platform
        .post(
            customer.ofPlatform("/credit-notes"),
            """
            {"type": "BALANCE", "amount": {"amount": "%s", "currency": "IDR"},
             "reason": "goodwill"}"""
                .formatted(amount))
        .expect(201);
  }

  @Test
  void aLinkOpensOneDocumentForEverybodyUntilItExpires() {
    describe("PT Lama", "111 222");
    Customer customer = customer("Toko Rina", "ID", null);
    Customer other = customer("Toko Lain", "ID", null);
    Answer link =
        customer
            .owner()
            .post(customer.own("/document-links"), "{\"format\": \"PDF\", \"language\": \"en\"}")
            .expect(200);
    String path = "/api/documents/" + link.text("/token");
    assertThat(link.text("/url")).endsWith(path);
    byte[] pdf = platform.get(customer.ofPlatform("/document.pdf?language=en")).response().body();
    ApiClient anybody = ApiClient.anonymous(port);
    assertThat(anybody.get(path).expect(200).response().body()).isEqualTo(pdf);
    assertThat(other.owner().get(path).expect(200).response().body()).isEqualTo(pdf);
    assertThat(platform.get(path).expect(200).response().body()).isEqualTo(pdf);
    anybody.get(path + "A").expectProblem(404, "document-link.unknown");
    anybody.get("/api/documents/nonsense").expectProblem(404, "document-link.unknown");
    advance("P6DT23H");
    anybody.get(path).expect(200);
    advance("PT1H");
    anybody.get(path).expectProblem(410, "document-link.expired");
  }

  @Test
  void nobodyMakesDocumentsOrLinksOfAnothersInvoice() {
    describe("PT Lama", "111 222");
    Customer customer = customer("Toko Rina", "ID", null);
    ApiClient stranger = customer("Toko Lain", "ID", null).owner();
    stranger.get(customer.own("/document.pdf")).expectProblem(404, "invoice.unknown");
    stranger.get(customer.own("/document.xml")).expectProblem(404, "invoice.unknown");
    stranger
        .post(customer.own("/document-links"), "{\"format\": \"XML\"}")
        .expectProblem(404, "invoice.unknown");
    ApiClient.anonymous(port)
        .get(customer.own("/document.pdf"))
        .expectProblem(401, "authentication.required");
    platform
        .asNew("support-" + UUID.randomUUID(), "support", null)
        .post(customer.ofPlatform("/document-links"), "{\"format\": \"PDF\"}")
        .expectProblem(403, "role.missing");
  }

  @Test
  void theSellerIsReadAsItWasDescribedAndChangedByItsVersion() {
    Answer first = describe("PT " + UUID.randomUUID(), "1");
    long version = first.json().at("/version").asLong();
    assertThat(platform.get("/api/platform/seller").expect(200).text("/name"))
        .isEqualTo(first.text("/name"));
    Answer same = describe(first.text("/name"), "1");
    assertThat(same.json().at("/version").asLong()).isEqualTo(version);
    platform
        .with("If-Match", "\"" + (version - 1) + "\"")
        .post("/api/platform/seller", seller("PT Lain", "2"))
        .expectProblem(412, "version.stale");
    platform
        .post("/api/platform/seller", "{\"name\": \"PT\"}")
        .expectProblem(400, "request.invalid");
    platform
        .asNew("billing-" + UUID.randomUUID(), "platform_billing", null)
        .post("/api/platform/seller", seller("PT Lain", "2"))
        .expectProblem(403, "role.missing");
  }

  private Answer describe(String name, String account) {
    return platform.post("/api/platform/seller", seller(name, account)).expect(200);
  }

  private static String seller(String name, String account) {
    return """
        {"name": "%1$s", "address": ["Jalan Sudirman 52"], "city": "Jakarta", "country": "ID",
         "tax_identity": "01.234.567.8-012.000",
         "bank_accounts": [{"bank": "BCA", "holder": "%1$s", "number": "%2$s"}]}"""
        .formatted(name, account);
  }

  private Customer customer(String name, String country, String taxIdentity) {
    String run = UUID.randomUUID().toString().substring(0, 8);
    platform
        .post("/api/platform/products", "{\"code\": \"doc-%s\", \"name\": \"A\"}".formatted(run))
        .expect(201);
    platform
        .post(
            "/api/platform/plans",
            """
            {"code": "doc-%1$s", "product_code": "doc-%1$s", "name": "Plan",
             "price": {"amount": "150000.00", "currency": "IDR"}}"""
                .formatted(run))
        .expect(201);
    String tenant =
        platform
            .post(
                "/api/platform/tenants",
                """
                {"name": "%s", "country": "%s", "owner_email": "o@example.com",
                 "tax_identity": %s}"""
                    .formatted(
                        name, country, taxIdentity == null ? "null" : '"' + taxIdentity + '"'))
            .expect(201)
            .text("/id");
    Answer subscribed =
        platform
            .post(
                "/api/platform/subscriptions",
                "{\"tenant_id\": \"%s\", \"plan_code\": \"doc-%s\"}".formatted(tenant, run))
            .expect(201);
    String invoice =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () ->
                    platform
                        .after(subscribed)
                        .get("/api/platform/invoices?tenant_id=" + tenant)
                        .text("/data/0/id"),
                id -> !id.isEmpty());
    return new Customer(tenant, platform.asNew("owner of " + tenant, "owner", tenant), invoice);
  }

  private void advance(String by) {
    platform.post("/api/test-clock/advance", "{\"by\": \"%s\"}".formatted(by)).expect(200);
  }

  private static String text(Answer answer) throws IOException {
    answer.expect(200);
    try (PDDocument pdf = Loader.loadPDF(answer.response().body())) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      return stripper.getText(pdf).replace('\u00a0', ' ');
    }
  }
}
