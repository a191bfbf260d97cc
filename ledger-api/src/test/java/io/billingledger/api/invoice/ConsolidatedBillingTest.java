package io.billingledger.api.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.api.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A tenant whose subscriptions share invoices. */
class ConsolidatedBillingTest extends BillingStory {
  private static final String BOTH = "PAST_DUE PAST_DUE";

  private String shop;
  private String mail;

  /**
   * Given a shop at 150000.00 and mail at 60000.00 from the same day, then their renewals stand on
   * one invoice, fall behind together, and are paid together.
   */
  @Test
  void cyclesThatFallDueTogetherStandOnOneInvoice() {
    describe("PT Toko");
    consolidated(fee("150000.00"), fee("60000.00"));
    assertThat(invoices()).as("first invoices come at once, each by itself").hasSize(2);
    payAll();

    advance(23, 0);
    assertThat(invoices()).as("collected for an hour").hasSize(2);
    assertThat(subscription(mail).text("/status")).isEqualTo("ACTIVE");
    advance(23, 2);
    String shared = invoices().getFirst();
    assertThat(invoices()).hasSize(3);
    Answer invoice = invoice(shared);
    assertThat(invoice.text("/total/amount")).isEqualTo("210000.00");
    assertThat(invoice.text("/tax_total/amount"))
        .as("rounded once: 210000 × 11/111")
        .isEqualTo("20810.81");
    assertThat(invoice.json().at("/subscription_id").isNull()).isTrue();
    assertThat(parts(shared))
        .containsExactlyInAnyOrder(shop + " 2 150000.00", mail + " 2 60000.00");
    for (String each : List.of(shop, mail)) {
      assertThat(
              platform()
                  .get("/api/platform/invoices?subscription_id=" + each)
                  .expect(200)
                  .text("/data/0/id"))
          .isEqualTo(shared);
    }
    assertThat(explanation(shared, 0).text("/matches")).isEqualTo("true");
    assertThat(explanation(shared, 1).text("/matches")).isEqualTo("true");
    assertThat(document(shared, "xml")).contains(">210000.00<");
    assertThat(document(shared, "pdf")).startsWith("%PDF");

    advanceTo(31);
    assertThat(statuses()).isEqualTo(BOTH);
    pay(shared, "100000.00");
    settle();
    assertThat(statuses()).as("a part settles neither").isEqualTo(BOTH);
    pay(shared, "110000.00");
    settle();
    assertThat(statuses()).isEqualTo("ACTIVE ACTIVE");
    assertThat(subscription(shop).text("/cycle_no")).isEqualTo("2");
    assertThat(subscription(mail).text("/cycle_no")).isEqualTo("2");
    rebuildViews();
    assertThat(parts(shared)).hasSize(2);
  }

  @Test
  void whoeverIsCanceledLeavesTheInvoiceToTheOther() {
    consolidated(fee("150000.00"), fee("60000.00"));
    payAll();
    advance(23, 2);
    String shared = invoices().getFirst();
    cancel(mail);
    settle();
    assertThat(notes()).containsExactly("ADJUSTMENT 60000.00 of " + shared);
    assertThat(invoice(shared).text("/amount_due/amount")).isEqualTo("150000.00");
    pay(shared, "150000.00");
    advanceTo(31);
    assertThat(statuses()).isEqualTo("ACTIVE CANCELED");
    assertThat(subscription(shop).text("/cycle_no")).isEqualTo("2");
  }

  @Test
  void whoeverIsCanceledBeforeItIsIssuedIsNotOnIt() {
    consolidated(fee("150000.00"), fee("60000.00"));
    payAll();
    advance(23, 0);
    cancel(mail);
    advance(23, 2);
    String alone = invoices().getFirst();
    assertThat(parts(alone)).containsExactly(shop + " 2 150000.00");
    assertThat(notes()).isEmpty();
  }

  @Test
  void whoeverComesAfterItWasIssuedGetsAnInvoiceOfItsOwn() {
    consolidated(fee("150000.00"), fee("60000.00"));
    pay(firstOf(shop), "150000.00");
    advance(23, 2);
    assertThat(parts(invoices().getFirst())).containsExactly(shop + " 2 150000.00");
    String late = firstOf(mail);
    assertThat(subscription(mail).text("/status")).isEqualTo("SUSPENDED");
    pay(late, "60000.00");
    advance(23, 5);
    assertThat(subscription(mail).text("/status")).isEqualTo("ACTIVE");
    assertThat(parts(invoices().getFirst())).containsExactly(mail + " 2 60000.00");
    assertThat(invoices()).hasSize(4);
    payAll();
    advanceTo(31);
    assertThat(statuses()).isEqualTo("ACTIVE ACTIVE");
  }

  @Test
  void aPreviewIsOfTheOneSubscriptionAndLeavesNothing() {
    consolidated(fee("150000.00"), fee("60000.00"));
    payAll();
    subscription = mail;
    assertThat(preview("").text("/total/amount")).isEqualTo("60000.00");
    advance(23, 0);
    assertThat(preview("").text("/total/amount")).isEqualTo("60000.00");
    advance(23, 2);
    assertThat(parts(invoices().getFirst())).hasSize(2);
  }

  @Test
  void aVoidInvoiceIsReplacedForEachSubscription() {
    consolidated(fee("150000.00"), fee("60000.00"));
    payAll();
    advance(23, 2);
    platform()
        .post(
            "/api/platform/invoices/%s/void".formatted(invoices().getFirst()),
            "{\"reason\": \"wrong address\", \"then\": \"REISSUE\"}")
        .expect(200);
    settle();
    assertThat(invoices().subList(0, 2).stream().flatMap(id -> parts(id).stream()))
        .containsExactlyInAnyOrder(shop + " 2 150000.00", mail + " 2 60000.00");
    payAll();
    advanceTo(31);
    assertThat(statuses()).isEqualTo("ACTIVE ACTIVE");
  }

  /** Given usage of both for one period, what comes late for one is credited on its lines alone. */
  @Test
  void lateUsageOfOneIsBilledAgainAndTheOtherStays() {
    consolidated(
        fee("150000.00") + ", " + meter("calls", "20"),
        fee("60000.00") + ", " + meter("mails", "5"));
    payAll();
    advanceTo(5);
    use("calls", "calls", "100", day(5));
    String mails = use("mails", "mails", "1000", day(5));
    advance(32, 0);
    String shared = invoices().getFirst();
    assertThat(parts(shared))
        .containsExactlyInAnyOrder(
            shop + " 2 150000.00", shop + " 1 2000.00", mail + " 2 60000.00", mail + " 1 5000.00");
    assertThat(fate(mails).text("/fate/invoice_id")).isEqualTo(shared);
    pay(shared, "217000.00");
    use("late", "mails", "200", day(28));
    advanceTo(34);
    assertThat(notes()).containsExactly("BALANCE 5000.00 of " + shared);
    assertThat(parts(invoices().getFirst())).containsExactly(mail + " 1 6000.00");
    assertThat(explanation(shared, 1).text("/matches")).isEqualTo("true");
    payAll();
  }

  private void consolidated(String shopTerms, String mailTerms) {
    register();
    platform()
        .post(
            "/api/platform/tenants/%s/invoice-grouping".formatted(tenant),
            "{\"grouping\": \"CONSOLIDATED\"}")
        .expect(200);
    shop = subscribeTo(plan(shopTerms), 1);
    mail = subscribeTo(plan(mailTerms), 1);
    settle();
  }

  private static String fee(String amount) {
    return "\"price\": " + idr(amount);
  }

  private static String meter(String metric, String price) {
    return """
        "meters": [{"metric_code": "%s", "name": "%s", "late_usage": "CREDIT_AND_REBILL",
          "pricing_model": "METERED", "unit_price": "%s"}]"""
        .formatted(metric, metric, price);
  }

  private void advance(int days, int hours) {
    Instant midnight =
        day(days)
            .atZone(java.time.ZoneId.of("Asia/Jakarta"))
            .toLocalDate()
            .atStartOfDay(java.time.ZoneId.of("Asia/Jakarta"))
            .toInstant();
    platform()
        .post(
            "/api/test-clock/advance",
            "{\"to\": \"%s\"}".formatted(midnight.plus(Duration.ofHours(hours))))
        .expect(200);
  }

  private void cancel(String subscription) {
    platform()
        .post(
            "/api/platform/subscriptions/%s/cancel".formatted(subscription),
            "{\"at\": \"PERIOD_END\", \"reason\": \"enough\"}")
        .expect(200);
  }

  private String firstOf(String subscription) {
    return invoices().stream()
        .filter(id -> invoice(id).text("/subscription_id").equals(subscription))
        .findFirst()
        .orElseThrow();
  }

  private void payAll() {
    for (String id : invoices()) {
      String due = invoice(id).text("/amount_due/amount");
      if (!due.equals("0.00")) {
        pay(id, due);
      }
    }
    settle();
  }

  private String statuses() {
    return subscription(shop).text("/status") + " " + subscription(mail).text("/status");
  }

  private List<String> parts(String invoice) {
    return StreamSupport.stream(invoice(invoice).json().at("/line_items").spliterator(), false)
        .map(
            line ->
                "%s %s %s"
                    .formatted(
                        line.at("/subscription_id").asString(),
                        line.at("/cycle_no").asString(),
                        line.at("/gross_amount/amount").asString()))
        .toList();
  }
}
