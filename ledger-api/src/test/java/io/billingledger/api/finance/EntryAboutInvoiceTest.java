package io.billingledger.api.finance;

import static io.billingledger.api.finance.BooksScene.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerApplication;
import io.billingledger.api.ApiClient;
import io.billingledger.wiring.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** What people book about an invoice stands beside its money and its taxes, not in them. */
@SpringBootTest(
    classes = LedgerApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "ledger.bootstrap-key=" + ApiClient.OWNER_KEY,
      "ledger.test-clock.enabled=true",
      "ledger.reconciliation.every=0s"
    })
@ContextConfiguration(initializers = TestDatabase.class)
class EntryAboutInvoiceTest {
  @LocalServerPort private int port;

  @Test
  void aVoidTakesBackTheTaxesOfTheDocumentAndNoOther() {
    BooksScene scene = new BooksScene(port);
    scene.subscribe(scene.plan("\"price\": " + usd("30.00")));
    String invoice = scene.invoices().getFirst();
    String entry =
        scene
            .platform
            .post(
                "/api/finance/manual-entries",
                """
                {"date": "%s", "reason": "Stamp duty and charges", "invoice_id": "%s", "postings": [
                  {"account": "OTHER_EXPENSE", "detail": "bank", "side": "DEBIT", "amount": %s},
                  {"account": "TAX_PAYABLE", "detail": "stamp", "side": "CREDIT", "amount": %s},
                  {"account": "CASH", "detail": "BANK_TRANSFER", "side": "CREDIT", "amount": %s}]}"""
                    .formatted(scene.today(), invoice, usd("5.00"), usd("2.00"), usd("3.00")))
            .expect(201)
            .text("/id");
    scene
        .platform
        .asNew("budi", "finance", null)
        .post("/api/finance/manual-entries/%s/approve".formatted(entry), null)
        .expect(200);
    scene
        .platform
        .post(
            "/api/platform/invoices/%s/void".formatted(invoice),
            "{\"then\": \"WAIVE\", \"reason\": \"a mistake\"}")
        .expect(200);
    scene.everythingAgrees();
    JsonNode entries =
        scene
            .platform
            .get("/api/finance/entries?invoice_id=" + invoice)
            .expect(200)
            .json()
            .at("/data");
    assertThat(entries)
        .extracting(each -> each.at("/cause_type").asString())
        .containsExactlyInAnyOrder("invoice.issued", "manual-entry.approved", "invoice.voided");
  }

  @Test
  void nothingIsPostedToAnAccountFromItsClosingOnUntilItIsNamedAgain() {
    BooksScene scene = new BooksScene(port);
    String telex = "{\"account\": \"OTHER_EXPENSE\", \"detail\": \"telex\"%s}";
    String named = telex.formatted(", \"number\": \"6299\", \"name\": \"Telex\"");
    String entry =
        """
        {"date": "%s", "reason": "Telex", "postings": [
          {"account": "OTHER_EXPENSE", "detail": "telex", "side": "DEBIT", "amount": %s},
          {"account": "CASH", "detail": "BANK_TRANSFER", "side": "CREDIT", "amount": %s}]}"""
            .formatted(scene.today(), usd("5.00"), usd("5.00"));
    scene.platform.post("/api/finance/chart/accounts", named).expect(200);
    scene.platform.post("/api/finance/manual-entries", entry).expect(201);
    scene.platform.post("/api/finance/chart/accounts/close", telex.formatted("")).expect(200);
    assertThat(scene.platform.post("/api/finance/manual-entries", entry).expect(409).text("/code"))
        .isEqualTo("manual-entry.account-closed");
    scene.settle();
    JsonNode last =
        scene.platform.get("/api/finance/chart/history").expect(200).json().at("/data/0");
    assertThat(last.at("/closed").asBoolean()).isTrue();
    assertThat(last.at("/name").asString()).isEqualTo("Telex");
    scene.platform.post("/api/finance/chart/accounts", named).expect(200);
    scene.platform.post("/api/finance/manual-entries", entry).expect(201);
    scene.everythingAgrees();
  }
}
