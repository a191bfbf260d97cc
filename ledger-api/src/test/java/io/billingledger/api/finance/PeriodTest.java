package io.billingledger.api.finance;

import static io.billingledger.api.finance.BooksScene.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.billingledger.LedgerApplication;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.wiring.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.concurrent.CompletableFuture;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
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
    Answer asked = sari.post(path + "/close", WHY).expect(200);
    assertThat(asked.text("/pending/change")).isEqualTo("CLOSE");
    sari.post(path + "/approve", naming(asked)).expectProblem(403, "period.same-person");
    sari.post(path + "/reject", "{\"reason\": \"not yet\"}").expect(200);
    Answer anew = sari.post(path + "/close", WHY).expect(200);
    budi.post(path + "/approve", "{}").expectProblem(400, "request.invalid");
    budi.post(path + "/approve", naming(asked)).expectProblem(409, "period.other-change");
    assertThat(sari.get(path).expect(200).text("/pending/change_id"))
        .isEqualTo(anew.text("/pending/change_id"));
    Answer closed = budi.post(path + "/approve", naming(anew)).expect(200);
    assertThat(closed.text("/status")).isEqualTo("CLOSED");
    assertThat(closed.text("/closed/digest")).matches("[0-9a-f]{64}");
    assertThat(closed.text("/closed/entries")).as("invoice, payment, revenue").isEqualTo("3");
    assertThat(BooksScene.sum(closed.json().at("/closed/movements"), "/debit/amount"))
        .isEqualTo(BooksScene.sum(closed.json().at("/closed/movements"), "/credit/amount"));
    assertThat(verified(sari, path)).isEqualTo("true");
    sari.post(path + "/close", WHY).expectProblem(409, "period.not-open");

    scene.credit(invoice, "BALANCE", usd("9.00"));
    sari.post("/api/finance/manual-entries", about("inv_01J9ZQ3V6X8Y5W2K7M4N1P0R3T", issued))
        .expectProblem(404, "invoice.unknown");
    sari.post(
            "/api/finance/manual-entries",
            about(invoice, issued)
                .replaceFirst("\\{", "{\"tenant_id\": \"ten_01J9ZQ3V6X8Y5W2K7M4N1P0R3T\", "))
        .expectProblem(400, "request.invalid");
    Answer proposed = sari.post("/api/finance/manual-entries", about(invoice, issued)).expect(201);
    assertThat(proposed.text("/tenant_id")).as("the invoice's").isEqualTo(scene.tenant());
    String manual = proposed.text("/id");
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
    assertThat(entries.get(0).at("/invoice_id").asString()).isEqualTo(invoice);
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
    scene.settle();
    String original = "/api/finance/manual-entries/" + manual;
    assertThat(sari.get(original).expect(200).json().at("/reversed_by").isNull())
        .as("not yet posted")
        .isTrue();
    budi.post("/api/finance/manual-entries/%s/approve".formatted(back), null).expect(200);
    scene.everythingAgrees();
    assertThat(sari.get(original).expect(200).text("/reversed_by")).isEqualTo(back);
    JsonNode all = sari.get("/api/finance/manual-entries").expect(200).json().at("/data");
    assertThat(all.get(0).at("/reverses").asString()).isEqualTo(manual);
    assertThat(all.get(0).at("/invoice_id").asString()).isEqualTo(invoice);
    assertThat(all.get(1).at("/reversed_by").asString()).isEqualTo(back);

    scene.toNextMonth();
    sari.post(path + "/reopen", WHY).expect(200);
    sari.post(path + "/lock", WHY).expectProblem(409, "period.change-pending");
    budi.post(path + "/reject", "{\"reason\": \"proven already\"}").expect(200);
    assertThat(approved(sari, budi, path, "/reopen").text("/status")).isEqualTo("OPEN");
    Answer again = approved(sari, budi, path, "/close");
    assertThat(again.text("/closed/digest")).isEqualTo(closed.text("/closed/digest"));
    assertThat(corrected(sari, "invoice.credit-note-issued"))
        .as("closed when that came, whatever became of it later")
        .isEqualTo(issued.toString());
    assertThat(approved(sari, budi, path, "/lock").text("/status")).isEqualTo("LOCKED");
    sari.post(path + "/reopen", WHY).expectProblem(409, "period.locked");
    byte[] paper = sari.get("/api/finance/month-end/" + month).expect(200).response().body();
    assertThat(paper)
        .isEqualTo(sari.get("/api/finance/month-end/" + month).expect(200).response().body());
    assertThat(read(paper))
        .contains("Month-end report", "LOCKED", closed.text("/closed/digest"), "DEFERRED_REVENUE")
        .contains("Receivables by age")
        .containsPattern("(\\d+) of \\1 invariants");
    assertThat(sari.get("/api/finance/periods").expect(200).json().at("/data")).hasSize(3);

    change("+ 1");
    assertThat(verified(sari, path)).as("somebody changed a closed month").isEqualTo("false");
    assertThat(scene.broken()).contains("closed-period-digests: [" + month + "]");
    change("- 1");
    assertThat(verified(sari, path)).isEqualTo("true");
    closingWins(scene, sari, budi, month.plusMonths(1), closed.text("/legal_entity_id"));
    scene.everythingAgrees();
  }

  /**
   * An entry of the month that is approved while the month is being closed waits for that, and then
   * is posted in the next one: it is not missed by the digest.
   */
  private void closingWins(
      BooksScene scene, ApiClient sari, ApiClient budi, YearMonth month, String entity) {
    String path = "/api/finance/periods/" + month;
    LocalDate last = month.atEndOfMonth();
    sari.post("/api/finance/manual-entries", rent(last).replace("\"rent\"", "\"re\\nnt\""))
        .expectProblem(400, "request.invalid");
    sari.post("/api/finance/manual-entries", rent(last.minusYears(1800)))
        .expectProblem(400, "request.invalid");
    sari.post("/api/finance/manual-entries", rent(last.plusYears(2)))
        .expectProblem(400, "request.invalid");
    String late = sari.post("/api/finance/manual-entries", rent(last)).expect(201).text("/id");
    String change = naming(sari.post(path + "/close", WHY).expect(200));
    CompletableFuture<Answer> closing;
    CompletableFuture<Answer> posting;
    try (Connection other = TestDatabase.asOwner(url)) {
      other.setAutoCommit(false);
      ask(other, "SELECT pg_advisory_xact_lock_shared(" + lock(entity) + ")::text");
      closing = CompletableFuture.supplyAsync(() -> budi.post(path + "/approve", change));
      await().until(() -> waiting(other, entity), "1"::equals);
      posting =
          CompletableFuture.supplyAsync(
              () -> budi.post("/api/finance/manual-entries/%s/approve".formatted(late), null));
      await().until(() -> waiting(other, entity), "2"::equals);
      other.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    assertThat(closing.join().expect(200).text("/status")).isEqualTo("CLOSED");
    assertThat(posting.join().expect(200).text("/posted_on"))
        .isEqualTo(last.plusDays(1).toString());
    scene.settle();
    assertThat(corrected(sari, "manual-entry.approved")).isEqualTo(last.toString());
    assertThat(verified(sari, path)).isEqualTo("true");
  }

  private static String waiting(Connection connection, String entity) throws SQLException {
    return ask(
        connection,
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            + " AND ((classid::bigint << 32) | objid::bigint) = "
            + lock(entity));
  }

  private static String lock(String entity) {
    return "hashtextextended('books/" + entity + "', 0)";
  }

  private static String ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** The day that the newest entry of this cause corrects. */
  private static String corrected(ApiClient who, String cause) {
    for (JsonNode entry : who.get("/api/finance/entries").expect(200).json().at("/data")) {
      if (entry.at("/cause_type").asString().equals(cause)) {
        return entry.at("/corrects").asString();
      }
    }
    throw new AssertionError("no entry of " + cause);
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

  /** With the bank's charges for a payment of the invoice. */
  private static String about(String invoice, LocalDate day) {
    return rent(day).replace("{\"date\"", "{\"invoice_id\": \"%s\", \"date\"".formatted(invoice));
  }

  private static String naming(Answer asked) {
    return "{\"change_id\": \"%s\"}".formatted(asked.text("/pending/change_id"));
  }

  private static Answer approved(ApiClient asking, ApiClient deciding, String path, String what) {
    return deciding
        .post(path + "/approve", naming(asking.post(path + what, WHY).expect(200)))
        .expect(200);
  }

  private static String read(byte[] pdf) {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
