package io.billingledger.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.billingledger.api.ApiClient.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * {@code kill -9}, at whatever step, of the ledger or of the ledger and its PostgreSQL: after a
 * restart everything goes on, and its outcome is that of a life that nobody disturbed. How often,
 * and at which steps: {@code -Dkills=40 -Dseed=7}.
 */
@Execution(ExecutionMode.CONCURRENT)
class KillTest {
  private static final Logger LOG = LoggerFactory.getLogger(KillTest.class);
  private static final int KILLS = Integer.getInteger("kills", 3);
  private static final long SEED = Long.getLong("seed", 1);

  /** Every so many kills, PostgreSQL goes too. */
  private static final int POWER_FAILS = 3;

  private static final LocalDate START = LocalDate.parse("2026-01-31");

  @Test
  void theOutcomeIsThatOfALifeThatNobodyDisturbed() throws Exception {
    Path directory = Files.createTempDirectory("ledger-kill");
    try (LedgerProcess ledger = new LedgerProcess(directory, Life.morning(START))) {
      ledger.start();
      Life.publishCatalogue(ledger);
      List<Life> quiet = lives(ledger, "quiet", START);
      long before = lastEvent(ledger);
      Life.play(ledger, quiet);
      long events = lastEvent(ledger) - before;
      List<List<String>> expected = quiet.stream().map(Life::told).toList();

      List<Life> troubled = lives(ledger, "troubled", START.plusDays(60));
      Life.advance(ledger, Life.morning(START.plusDays(60)));
      CompletableFuture<Integer> killer = killing(ledger, lastEvent(ledger), events);
      Life.play(ledger, troubled);
      assertThat(killer.get(5, TimeUnit.MINUTES)).isEqualTo(KILLS);

      for (int i = 0; i < quiet.size(); i++) {
        assertThat(troubled.get(i).told()).isEqualTo(expected.get(i));
      }
      booksAreInOrder(ledger);
      numbersHaveNoGap(ledger);
      oneDatabaseAndOneWayInto(ledger, troubled.getFirst());
    }
  }

  private static List<Life> lives(LedgerProcess ledger, String name, LocalDate start) {
    return List.of(
        new Life(ledger, name + "-falls-behind", Life.Plot.FALLS_BEHIND, start, true),
        new Life(ledger, name + "-never-pays", Life.Plot.NEVER_PAYS, start, false),
        new Life(ledger, name + "-upgrades", Life.Plot.UPGRADES, start, false));
  }

  /**
   * Kills when the event number is taken, which is before it is committed, or a moment later.
   *
   * @param after the number of the last event before it all
   * @param expected how many events there will be
   */
  private static CompletableFuture<Integer> killing(
      LedgerProcess ledger, long after, long expected) {
    Random random = new Random(SEED);
    List<Long> steps =
        IntStream.range(0, KILLS)
            .mapToObj(i -> after + (long) (expected * (i + random.nextDouble()) / (KILLS + 1)) + 1)
            .toList();
    return CompletableFuture.supplyAsync(
        () -> {
          int kills = 0;
          for (long step : steps) {
            int later = random.nextInt(3) == 0 ? random.nextInt(30) : 0;
            awaitEvent(ledger, step, later);
            boolean everything = kills % POWER_FAILS == POWER_FAILS - 1;
            if (everything) {
              ledger.killEverything();
            } else {
              ledger.kill();
            }
            kills++;
            LOG.info(
                "killed {} at event {} and {} ms", everything ? "everything" : "it", step, later);
            ledger.start();
          }
          return kills;
        });
  }

  private static void awaitEvent(LedgerProcess ledger, long step, int millisLater) {
    try (Connection database = ledger.database();
        Statement statement = database.createStatement()) {
      while (last(statement) < step) {
        Thread.sleep(1);
      }
      Thread.sleep(millisLater);
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long lastEvent(LedgerProcess ledger) throws SQLException {
    try (Connection database = ledger.database();
        Statement statement = database.createStatement()) {
      return last(statement);
    }
  }

  private static long last(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT last_value FROM domain_event_entry_seq")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void booksAreInOrder(LedgerProcess ledger) {
    String run =
        ledger
            .ask(
                caller ->
                    caller
                        .post("/api/platform/runs/reconciliation", "{\"dry_run\": false}")
                        .expect(202))
            .text("/id");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> run(ledger, run).text("/status").equals("DONE"));
    JsonNode checks = run(ledger, run).json().at("/checks");
    assertThat(checks.size()).isEqualTo(22);
    checks.forEach(
        check -> assertThat(check.at("/status").asString()).as(check.toString()).isEqualTo("OK"));
  }

  private static Answer run(LedgerProcess ledger, String run) {
    return ledger.ask(caller -> caller.get("/api/platform/runs/" + run).expect(200));
  }

  private static void numbersHaveNoGap(LedgerProcess ledger) {
    List<String> numbers = new ArrayList<>();
    Life.all(ledger, "/api/platform/invoices")
        .forEach(invoice -> numbers.add(invoice.at("/invoice_number").asString()));
    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, numbers.size()).mapToObj("INV-2026-%06d"::formatted).toList());
  }

  private static void oneDatabaseAndOneWayInto(LedgerProcess ledger, Life life)
      throws SQLException {
    String ulid = life.tenant().substring("ten_".length()).toLowerCase(Locale.ROOT);
    String name = "tenant_" + ulid;
    assertThat(ledger.texts("SELECT datname FROM pg_database WHERE datname LIKE 'tenant\\_%'"))
        .hasSize(2)
        .contains(name);
    assertThat(ledger.texts(name, "SELECT role FROM app_user")).containsExactly("owner");
    Set<String> tokens =
        Pattern.compile("invitation#(" + ulid + "\\.\\S+)")
            .matcher(ledger.output())
            .results()
            .map(sent -> sent.group(1))
            .collect(Collectors.toSet());
    assertThat(tokens).as("invitations that were sent").hasSize(1);
    String acceptance =
        "{\"token\": \"%s\", \"name\": \"Sari\"}".formatted(tokens.iterator().next());
    ledger.ask(caller -> caller.post("/api/invitations/redeem", acceptance).expect(200));
    ledger.ask(caller -> caller.post("/api/invitations/redeem", acceptance).expect(410));
  }
}
