package io.billingledger.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.billingledger.journal.Account;
import io.billingledger.journal.Hledger;
import io.billingledger.journal.JournalEntry;
import io.billingledger.revenue.RevenueBook;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random commands to invoices, credit, revenue and the books, and the journal that follows, held
 * after each against a plain model of the same money: what is due, what each account says in each
 * month, what is still to be earned, and whether the command is acceptable at all.
 */
class BooksModelTest {
  private static final int COMMANDS_EACH = 100;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir private Path folder;

  /** One tenant's books, theirs and the model's. */
  private static final class Scene {
    private final ModelRun run;
    private final PlainLedger ledger = new PlainLedger();
    private final RevenueModel earned = new RevenueModel(ledger);
    private final MoneyModel money = new MoneyModel(ledger, earned);
    private final RandomInvoices invoices;
    private final RandomFinance finance;

    Scene(Random random, Map<String, Integer> happened) {
      run = new ModelRun(random, happened);
      RevenueBook revenue = new RevenueBook(Issuing.TENANT, run::post);
      invoices = new RandomInvoices(run, money, revenue);
      finance = new RandomFinance(run, new MonthsModel(ledger), earned, revenue);
    }

    void step() {
      run.timePasses();
      if (run.random.nextInt(4) > 0) {
        invoices.step();
      } else {
        finance.step();
      }
      compare();
    }

    private void compare() {
      invoices.compare();
      assertThat(run.journal.months()).isEqualTo(ledger.months());
      assertThat(run.journal.sum()).as("trial balance").isZero();
      assertThat(run.journal.of("DEFERRED_REVENUE").negate().add(earned.recognised()))
          .as("deferred and recognised are what is invoiced without tax")
          .isEqualByComparingTo(money.net());
    }
  }

  @Test
  void theBooksAreThoseOfAPlainModel() {
    int cases = Integer.getInteger("cases", 20_000);
    System.out.println("BooksModelTest seed " + seed + ", " + cases + " cases");
    Map<String, Integer> happened = new TreeMap<>();
    for (int done = 0; done < cases; done += COMMANDS_EACH) {
      played(COMMANDS_EACH, done, happened);
    }
    System.out.println("BooksModelTest " + happened);
    // Few cases may leave something out by chance.
    if (cases >= 20_000) {
      assertThat(happened)
          .containsKeys(
              "InvoiceIssued",
              "InvoiceVoided",
              "InvoiceWrittenOff",
              "PaymentRecorded",
              "CreditNoteIssued",
              "CreditNoteReversed",
              "CreditGiven",
              "CreditExpired",
              "usage billed again",
              "RevenueRecognised",
              "CLOSE",
              "LOCK",
              "REOPEN",
              "EntryApproved",
              "EntryRejected",
              "revenue.recognised of a closed month",
              "manual-entry.approved of a closed month");
    }
  }

  /** Its own arithmetic has the model's balances, and would say so if one were a cent off. */
  @Test
  void hledgerHasTheModelsBalances() throws Exception {
    boolean there = isThere();
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("hledger is installed").isTrue();
    }
    assumeTrue(there, "hledger is not installed, so nobody else checks the books");
    System.out.println("BooksModelTest with hledger, seed " + seed);
    for (int i = 0; i < 3; i++) {
      Scene scene = played(1_000, 0, new TreeMap<>());
      assertThat(scene.run.entries).hasSizeGreaterThan(500);
      assertThat(checked(scene, BigDecimal.ZERO)).as("seed %d", seed).isEmpty();
      assertThat(checked(scene, new BigDecimal("0.01"))).contains("balance assertion");
    }
  }

  private Scene played(int commands, int done, Map<String, Integer> happened) {
    Scene scene = new Scene(random, happened);
    int i = 0;
    try {
      while (i < commands) {
        scene.step();
        i++;
      }
      scene.finance.closedMonthsStand();
      return scene;
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed %d, case %d, the last commands were:%n%s"
              .formatted(seed, done + i, scene.run.lastSaid()),
          e);
    }
  }

  /** What hledger finds wrong with the journal and the model's balances at its end. */
  private String checked(Scene scene, BigDecimal wrong) throws Exception {
    CurrencyUnit currency = CurrencyUnit.of("IDR");
    String accounts =
        scene.run.entries.stream()
            .flatMap(entry -> entry.postings().stream())
            .map(posting -> Hledger.declaration(posting.account(), posting.detail()))
            .distinct()
            .collect(Collectors.joining());
    String kinds =
        scene.ledger.accounts().keySet().stream()
            .map(kind -> Hledger.declaration(Account.valueOf(kind), ""))
            .collect(Collectors.joining());
    String entries =
        scene.run.entries.stream()
            .sorted(Comparator.comparing(JournalEntry::date))
            .map(Hledger::transaction)
            .collect(Collectors.joining());
    StringBuilder balances =
        new StringBuilder("%s the model%n".formatted(LocalDate.of(2999, 1, 1)));
    scene
        .ledger
        .accounts()
        .forEach(
            (kind, sum) ->
                balances.append(
                    "    %s  0.00 IDR =* %s IDR%n"
                        .formatted(
                            Hledger.name(Account.valueOf(kind), ""),
                            sum.add(wrong).toPlainString())));
    Path file =
        Files.writeString(
            folder.resolve("model.journal"),
            Hledger.commodity(currency) + accounts + kinds + "\n" + entries + balances);
    return run("hledger", "-f", file.toString(), "check", "-s", "ordereddates", "parseable");
  }

  private static boolean isThere() {
    try {
      return run("hledger", "--version").startsWith("hledger");
    } catch (IOException | InterruptedException missing) {
      return false;
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
