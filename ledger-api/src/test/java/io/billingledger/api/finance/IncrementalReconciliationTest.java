package io.billingledger.api.finance;

import static io.billingledger.api.finance.BooksScene.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerApplication;
import io.billingledger.api.ApiClient;
import io.billingledger.run.ContinuousReconciliation;
import io.billingledger.wiring.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/**
 * A look asks about those to whom something has happened, and only a sweep about everybody. Faults
 * are made without events, so that what finds them tells who was asked about.
 */
@SpringBootTest(
    classes = LedgerApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "ledger.bootstrap-key=" + ApiClient.OWNER_KEY,
      "ledger.test-clock.enabled=true",
      "ledger.reconciliation.every=0s"
    })
@ContextConfiguration(initializers = TestDatabase.class)
class IncrementalReconciliationTest {
  private static final String REVENUE = "deferred-and-recognised-equal-invoiced";

  @LocalServerPort private int port;

  @Value("${spring.datasource.url}")
  private String url;

  @Autowired private ContinuousReconciliation reconciliation;

  private BooksScene scene;

  @Test
  void aLookAsksAboutThoseToWhomSomethingHappened() throws SQLException {
    scene = new BooksScene(port);
    Customer acme = customer();
    Customer bree = customer();
    clean();

    fault(acme, "+ 1");
    fault(bree, "+ 1");
    reconciliation.look();
    assertThat(open(REVENUE)).as("nothing has happened").isEmpty();
    something(acme);
    reconciliation.look();
    assertThat(open(REVENUE)).containsExactly(acme.invoice());
    reconciliation.evaluate();
    assertThat(open(REVENUE)).containsExactlyInAnyOrder(acme.invoice(), bree.invoice());

    fault(acme, "- 1");
    fault(bree, "- 1");
    something(bree);
    reconciliation.look();
    // What was told of Acme's break is no news about Acme; its last event is looked at once more.
    assertThat(open(REVENUE)).doesNotContain(bree.invoice());
    reconciliation.look();
    something(acme);
    reconciliation.look();
    assertThat(open(REVENUE)).isEmpty();
    assertThat(standing(REVENUE).at("/status").asString()).isEqualTo("OK");
    assertThat(standing(REVENUE).at("/amounts").isEmpty()).isTrue();
  }

  @Test
  void afterAWhileEverybodyIsAskedAbout() throws SQLException {
    scene = new BooksScene(port);
    Customer acme = customer();
    clean();
    fault(acme, "+ 1");
    Instant swept = instant("/swept_at");
    scene.platform.post("/api/test-clock/advance", "{\"by\": \"PT30M\"}").expect(200);
    something(customer());
    reconciliation.look();
    assertThat(open(REVENUE)).isEmpty();
    assertThat(instant("/swept_at")).isEqualTo(swept);
    assertThat(instant("/evaluated_at")).isAfter(swept);
    scene.platform.post("/api/test-clock/advance", "{\"by\": \"PT31M\"}").expect(200);
    reconciliation.look();
    assertThat(open(REVENUE)).containsExactly(acme.invoice());
    assertThat(standing(REVENUE).at("/amounts/USD").asString()).isEqualTo("1.00");
    assertThat(instant("/swept_at")).isAfter(swept);
    fault(acme, "- 1");
    reconciliation.evaluate();
    assertThat(open(REVENUE)).isEmpty();
  }

  /** Of the whole ledger what is new is looked at: the numbers and the days of new entries. */
  @Test
  void theWholeLedgerIsLookedAtWhereItIsNew() throws SQLException {
    scene = new BooksScene(port);
    Customer acme = customer();
    clean();
    String sums = "UPDATE view_journal_sum SET debit = debit %s 1 WHERE account = 'CASH'";
    owner(sums.formatted("+"));
    something(acme);
    reconciliation.look();
    assertThat(open("sums-equal-postings")).as("nothing was posted").isEmpty();
    scene.credit(acme.invoice(), "BALANCE", usd("1.00"));
    scene.settle();
    reconciliation.look();
    assertThat(open("sums-equal-postings")).isNotEmpty();
    owner(sums.formatted("-"));
    something(acme);
    reconciliation.look();
    assertThat(open("sums-equal-postings")).isEmpty();

    String number = scene.invoice(acme.invoice()).text("/invoice_number");
    String renamed = "UPDATE view_invoice SET invoice_number = '%s' WHERE invoice_number = '%s'";
    String other = number.replaceFirst("[0-9]+$", "000000");
    owner(renamed.formatted(other, number));
    something(acme);
    reconciliation.look();
    assertThat(open("series-complete")).as("no number was given").isEmpty();
    customer();
    reconciliation.look();
    assertThat(open("series-complete")).hasSize(1);
    owner(renamed.formatted(number, other));
    something(acme);
    reconciliation.look();
    assertThat(open("series-complete")).isEmpty();
  }

  private record Customer(String tenant, String invoice) {}

  private Customer customer() {
    scene.subscribe(scene.plan("\"price\": " + usd("30.00")));
    Customer customer = new Customer(scene.tenant(), scene.invoices().getFirst());
    scene.pay(customer.invoice(), "30.00", "USD");
    scene.settle();
    return customer;
  }

  /** And everything that has happened is looked at. */
  private void clean() {
    reconciliation.evaluate();
    reconciliation.look();
    reconciliation.look();
    JsonNode all = scene.platform.get("/api/finance/reconciliation").expect(200).json();
    assertThat(all.at("/status").asString()).as(all.toString()).isEqualTo("OK");
  }

  /** An event that moves no money. */
  private void something(Customer customer) {
    String path = "/api/platform/subscriptions/tenants/%s/".formatted(customer.tenant());
    scene.platform.post(path + "suspend", "{\"reason\": \"a look\"}").expect(200);
    scene.platform.post(path + "activate", "{\"reason\": \"a look\"}").expect(200);
    scene.settle();
  }

  private void fault(Customer customer, String by) throws SQLException {
    owner(
        "UPDATE view_revenue_line SET amount = amount %s WHERE invoice_id = '%s'"
            .formatted(by, customer.invoice()));
  }

  /** What is broken of an invariant, as it is kept. */
  private List<String> open(String invariant) {
    List<String> subjects = new ArrayList<>();
    scene
        .platform
        .get("/api/finance/reconciliation/breaks?status=OPEN&invariant=" + invariant)
        .expect(200)
        .json()
        .at("/data")
        .forEach(row -> subjects.add(row.at("/subject_id").asString()));
    return subjects;
  }

  private JsonNode standing(String invariant) {
    for (JsonNode each :
        scene.platform.get("/api/finance/reconciliation").expect(200).json().at("/invariants")) {
      if (each.at("/name").asString().equals(invariant)) {
        return each;
      }
    }
    throw new AssertionError("nobody asks " + invariant);
  }

  private Instant instant(String field) {
    return Instant.parse(standing(REVENUE).at(field).asString());
  }

  private void owner(String sql) throws SQLException {
    try (Connection connection = TestDatabase.asOwner(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
