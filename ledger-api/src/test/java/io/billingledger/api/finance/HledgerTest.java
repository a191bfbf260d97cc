package io.billingledger.api.finance;

import static io.billingledger.api.finance.BooksScene.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.billingledger.LedgerApplication;
import io.billingledger.api.ApiClient;
import io.billingledger.journal.Account;
import io.billingledger.journal.Hledger;
import io.billingledger.wiring.TestDatabase;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** hledger, which knows nothing of us, checks the books and agrees with them to the cent. */
@SpringBootTest(
    classes = LedgerApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"ledger.bootstrap-key=" + ApiClient.OWNER_KEY, "ledger.test-clock.enabled=true"})
@ContextConfiguration(initializers = TestDatabase.class)
class HledgerTest {
  @LocalServerPort private int port;

  @TempDir private Path folder;

  /** Where the build is checked it must be there; elsewhere it may be missing. */
  @BeforeAll
  static void isInstalled() {
    boolean there = isThere();
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("hledger is installed").isTrue();
    }
    assumeTrue(there, "hledger is not installed, so nobody else checks the books");
  }

  @Test
  void itChecksTheBooksAndHasTheSameBalances() throws Exception {
    BooksScene scene = new BooksScene(port);
    LocalDate start = scene.today();
    scene.subscribe(
        scene.plan("\"price\": {\"amount\": \"150000.00\", \"currency\": \"IDR\"}"),
        "\"country\": \"ID\", \"currency\": \"IDR\"");
    String rupiah = scene.invoices().getFirst();
    scene.pay(rupiah, "170000.00", "IDR");
    scene.subscribe(scene.plan("\"price\": " + usd("30.00")));
    String dollars = scene.invoices().getFirst();
    scene.pay(dollars, "10.00", "USD");
    scene.credit(dollars, "ADJUSTMENT", usd("5.00"));
    scene.toNextMonth();
    JsonNode balance = scene.platform.get("/api/finance/trial-balance").expect(200).json();
    String text = scene.platform.get("/api/finance/journal.hledger").expect(200).raw();
    assertThat(text)
        .contains("* (ent_", ") invoice.issued\n", "; invoice: " + rupiah + "\n")
        .contains("liabilities:tax payable:PPN  -14864.86 IDR\n");
    Path file = Files.writeString(folder.resolve("books.journal"), text);
    assertThat(run("hledger", "-f", file.toString(), "check", "-s", "ordereddates", "parseable"))
        .as("it finds nothing wrong")
        .isEmpty();

    assertThat(balances(file)).isEqualTo(ours(balance));
    assertThat(scene.today()).isAfter(start);
  }

  @Test
  void itRefusesWhatDoesNotBalance() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("wrong.journal"),
            "2026-01-01 * (ent_1) test\n"
                + "    assets:cash  10.00 USD\n    income:revenue  -9.99 USD\n");
    assertThat(run("hledger", "-f", file.toString(), "check")).contains("could not balance");
  }

  @Test
  void namesHaveNothingThatItReadsOtherwise() {
    assertThat(Hledger.name(Account.TAX_PAYABLE, "PPN")).isEqualTo("liabilities:tax payable:PPN");
    assertThat(Hledger.name(Account.OTHER_EXPENSE, "a:b;  c"))
        .isEqualTo("expenses:other expense:a%3ab%3b_c");
  }

  private static Map<String, BigDecimal> ours(JsonNode balance) {
    Map<String, BigDecimal> ours = new TreeMap<>();
    for (JsonNode account : balance.at("/accounts")) {
      BigDecimal net =
          new BigDecimal(account.at("/debit/amount").asString())
              .subtract(new BigDecimal(account.at("/credit/amount").asString()));
      if (net.signum() != 0) {
        ours.put(
            account.at("/account").asString() + " " + account.at("/debit/currency").asString(),
            net);
      }
    }
    return ours;
  }

  /** By kind of account, as our trial balance has them. */
  private static Map<String, BigDecimal> balances(Path file) throws Exception {
    String csv =
        run(
            "hledger",
            "-f",
            file.toString(),
            "balance",
            "--flat",
            "--no-total",
            "--depth",
            "2",
            "-O",
            "csv",
            "--layout=bare");
    Map<String, BigDecimal> balances = new TreeMap<>();
    for (String line : csv.lines().skip(1).toList()) {
      String[] cells = line.replace("\"", "").split(",");
      for (Account account : Account.values()) {
        if (cells[0].equals(Hledger.name(account, ""))) {
          BigDecimal amount = new BigDecimal(cells[2]);
          if (amount.signum() != 0) {
            balances.put(account + " " + cells[1], amount);
          }
        }
      }
    }
    return balances;
  }

  private static boolean isThere() {
    try {
      return run("hledger", "--version").startsWith("hledger");
    } catch (IOException | InterruptedException missing) {
      return false;
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
