package io.billingledger.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.demo.LedgerClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/**
 * The acceptance story over HTTP, to the cent and the day: the same two months of the same ten
 * customers in three zones, two of them with daylight saving, lived side by side in one ledger.
 * What is told must be the golden story in each; {@code -Dtables=write} writes it anew. Numbers of
 * invoices are left out, because the zones share a series.
 */
@LedgerTest
@TestPropertySource(
    properties = {"ledger.test-clock.enabled=true", "ledger.test-clock.start=2026-01-31T03:00:00Z"})
class StoryTest {
  private static final Path GOLDEN = Path.of("src/test/resources/io/billingledger/demo/story.txt");
  private static final List<ZoneId> ZONES =
      Stream.of("Asia/Jakarta", "Europe/Berlin", "America/New_York").map(ZoneId::of).toList();

  @LocalServerPort private int port;

  @Test
  void theSameStoryInThreeZones() throws IOException {
    LedgerClient owner =
        new LedgerClient(URI.create("http://localhost:" + port), ApiClient.OWNER_KEY);
    List<Story> stories = ZONES.stream().map(zone -> new Story(owner, zone, _ -> {})).toList();
    stories.getFirst().publishCatalogue();
    for (int day = 0; day <= Story.LAST_DAY; day++) {
      for (int zone = 0; zone < ZONES.size(); zone++) {
        if (day == 0) {
          advance(owner, ZONES.get(zone));
        }
        stories.get(zone).play(day);
      }
    }
    List<List<String>> told = stories.stream().map(StoryTest::withoutNumbers).toList();
    if ("write".equals(System.getProperty("tables"))) {
      Files.createDirectories(GOLDEN.getParent());
      Files.write(GOLDEN, told.getFirst());
    }
    List<String> golden = Files.readAllLines(GOLDEN);
    for (int zone = 0; zone < ZONES.size(); zone++) {
      assertThat(told.get(zone)).as(ZONES.get(zone).getId()).isEqualTo(golden);
    }
    booksBalance(owner);
    everyCheckIsOk(stories.getFirst());
    stories.getFirst().tellMonthEnd();
    assertThat(stories.getFirst().told().getLast()).endsWith("the digest is the same");
    everyCheckIsOk(stories.getFirst());
    assertThat(ApiClient.anonymous(port).get(Story.documentLink(owner)).expect(200).raw())
        .startsWith("%PDF-")
        .contains("/Title (Tagihan INV-2026-");
  }

  private static void advance(LedgerClient owner, ZoneId zone) {
    Answer moved =
        owner.post("/api/test-clock/advance", Map.of("to", Story.start(zone).toString()));
    assertThat(moved.status()).isEqualTo(200);
  }

  private static List<String> withoutNumbers(Story story) {
    return story.told().stream().map(line -> line.replaceAll("INV-2026-\\d+", "INV")).toList();
  }

  private static void booksBalance(LedgerClient owner) {
    JsonNode accounts = owner.get("/api/finance/trial-balance").body().at("/accounts");
    assertThat(accounts.size()).isPositive();
    long sum = 0;
    for (JsonNode account : accounts) {
      sum += minor(account, "/debit/amount") - minor(account, "/credit/amount");
    }
    assertThat(sum).isZero();
  }

  private static void everyCheckIsOk(Story story) {
    story.tellBooks();
    List<String> told = story.told();
    assertThat(told.subList(told.lastIndexOf("Reconciliation") + 1, told.size()))
        .hasSize(22)
        .allSatisfy(check -> assertThat(check).endsWith(" ok"));
  }

  private static long minor(JsonNode account, String pointer) {
    return Long.parseLong(LedgerClient.text(account, pointer).replace(".", ""));
  }
}
