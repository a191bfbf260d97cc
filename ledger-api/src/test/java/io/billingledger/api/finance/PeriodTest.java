package io.billingledger.api.finance;

import static io.billingledger.api.finance.BooksScene.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerApplication;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.wiring.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** A month is closed by two people, corrected in the next one, proven, and locked. */
@SpringBootTest(
    classes = LedgerApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "ledger.bootstrap-key=" + ApiClient.OWNER_KEY,
      "ledger.test-clock.enabled=true",
      "ledger.books.close-after=2h"
    })
@ContextConfiguration(initializers = TestDatabase.class)
class PeriodTest {
  private static final String WHY = "{\"reason\": \"month-end\"}";

  @LocalServerPort private int port;

  @Value("${spring.datasource.url}")
  private String url;

  @Test
  void aMonthIsClosedCorrectedInTheNextProvenAndLocked() {
    BooksScene scene = new BooksScene(port);
    ApiClient sari = scene.platform.asNew("sari", "finance", null);
    ApiClient budi = scene.platform.asNew("budi", "finance", null);
    YearMonth month = YearMonth.from(scene.today());
    String path = "/api/finance/periods/" + month;
    scene.subscribe(
        scene.plan(
            "\"price\": %s, \"interval\": {\"kind\": \"ROLLING_DAYS\", \"days\": 90}"
                .formatted(usd("90.00"))));
    String invoice = scene.invoices().getFirst();
    LocalDate issued = scene.today();
    scene.pay(invoice, "90.00", "USD");
    sari.post(path + "/close", WHY).expectProblem(409, "period.not-over");

    scene.toNextMonth();
    LocalDate later = YearMonth.from(scene.today()).atDay(1);
    assertThat(sari.post(path + "/close", WHY).expect(200).text("/pending/change"))
        .isEqualTo("CLOSE");
    sari.post(path + "/approve", null).expectProblem(403, "period.same-person");
    Answer closed = budi.post(path + "/approve", null).expect(200);
    assertThat(closed.text("/status")).isEqualTo("CLOSED");
    assertThat(closed.text("/closed/digest")).matches("[0-9a-f]{64}");
    assertThat(closed.text("/closed/entries")).as("invoice, payment, revenue").isEqualTo("3");
    assertThat(BooksScene.sum(closed.json().at("/closed/movements"), "/debit/amount"))
        .isEqualTo(BooksScene.sum(closed.json().at("/closed/movements"), "/credit/amount"));
    assertThat(verified(sari, path)).isEqualTo("true");
    sari.post(path + "/close", WHY).expectProblem(409, "period.not-open");

    scene.credit(invoice, "BALANCE", usd("9.00"));
    String manual = sari.post("/api/finance/manual-entries", rent(issued)).expect(201).text("/id");
    sari.post("/api/finance/manual-entries/%s/approve".formatted(manual), null)
        .expectProblem(403, "manual-entry.same-person");
    Answer posted =
        budi.post("/api/finance/manual-entries/%s/approve".formatted(manual), null).expect(200);
    assertThat(posted.text("/posted_on")).isEqualTo(later.toString());
    scene.settle();
    JsonNode entries = sari.get("/api/finance/entries").expect(200).json().at("/data");
    assertThat(entries.get(0).at("/cause_type").asString()).isEqualTo("manual-entry.approved");
    assertThat(entries.get(0).at("/date").asString()).isEqualTo(later.toString());
    assertThat(entries.get(0).at("/corrects").asString()).isEqualTo(issued.toString());
    assertThat(entries.get(1).at("/cause_type").asString()).isEqualTo("invoice.credit-note-issued");
    assertThat(entries.get(1).at("/date").asString()).isEqualTo(scene.today().toString());
    assertThat(entries.get(1).at("/corrects").asString()).isEqualTo(issued.toString());
    assertThat(entries.get(2).at("/corrects").isNull()).as("of the month itself").isTrue();
    assertThat(verified(sari, path)).as("what came later is not in it").isEqualTo("true");

    String back =
        sari.post(
                "/api/finance/manual-entries/%s/reverse".formatted(manual),
                "{\"date\": \"%s\", \"reason\": \"paid twice\"}".formatted(scene.today()))
            .expect(201)
            .text("/id");
    budi.post(
            "/api/finance/manual-entries/%s/reverse".formatted(manual),
            "{\"date\": \"%s\", \"reason\": \"paid twice\"}".formatted(scene.today()))
        .expectProblem(409, "manual-entry.reversed");
    budi.post("/api/finance/manual-entries/%s/approve".formatted(back), null).expect(200);
    scene.everythingAgrees();

    scene.toNextMonth();
    sari.post(path + "/reopen", WHY).expect(200);
    sari.post(path + "/lock", WHY).expectProblem(409, "period.change-pending");
    budi.post(path + "/reject", "{\"reason\": \"proven already\"}").expect(200);
    sari.post(path + "/lock", WHY).expect(200);
    assertThat(budi.post(path + "/approve", null).expect(200).text("/status")).isEqualTo("LOCKED");
    sari.post(path + "/reopen", WHY).expectProblem(409, "period.locked");
    assertThat(sari.get("/api/finance/periods").expect(200).json().at("/data")).hasSize(3);

    change("+ 1");
    assertThat(verified(sari, path)).as("somebody changed a closed month").isEqualTo("false");
    assertThat(scene.broken()).contains("closed-period-digests: [" + month + "]");
    change("- 1");
    assertThat(verified(sari, path)).isEqualTo("true");
    scene.everythingAgrees();
  }

  /** Both sides of an entry: it balances still. */
  private void change(String by) {
    try (Connection connection = TestDatabase.asOwner(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE view_journal_posting SET amount = amount + sign(amount) * (0 "
              + by
              + ")"
              + " WHERE entry_id = (SELECT entry_id FROM view_journal_entry"
              + " WHERE cause_type = 'invoice.payment-recorded')");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String verified(ApiClient who, String path) {
    return who.get(path + "/verification").expect(200).text("/reproduced");
  }

  private static String rent(LocalDate day) {
    return """
        {"date": "%s", "reason": "Rent", "postings": [
          {"account": "OTHER_EXPENSE", "detail": "rent", "side": "DEBIT", "amount": %s},
          {"account": "CASH", "detail": "BANK_TRANSFER", "side": "CREDIT", "amount": %s}]}"""
        .formatted(day, usd("500.00"), usd("500.00"));
  }
}
