package io.billingledger.api.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole stories of usage in arrears and fees in advance, trials with a balance, and changes. */
class UsageBillingTest extends BillingStory {
  private static final String REBILLED =
      """
      {"metric_code": "calls", "name": "Calls", "late_usage": "CREDIT_AND_REBILL",
       "pricing_model": "METERED", "unit_price": "20"}""";

  private static final String CALLS =
      """
      {"metric_code": "calls", "name": "Calls", "type": "COUNTER", "aggregation": "SUM",
       "late_usage": "NEXT_PERIOD_CORRECTION",
       "pricing_model": "METERED", "unit_price": "20"}""";

  /** Given a closed invoice, whatever happens later, then what it said is what it says. */
  @Test
  void aFinalisedInvoiceStaysAsItIsToTheByte() {
    String plan = plan("\"price\": " + idr("100000.00") + ", \"meters\": [" + CALLS + "]");
    describe("PT Lama");
    subscribe(plan, 1);
    pay(invoices().getFirst(), "100000.00");
    advanceTo(5);
    use("early", "1000", day(5));
    advanceTo(32);
    String frozen = invoices().getFirst();
    String xml = document(frozen, "xml");
    pay(frozen, "120000.00");
    settle();
    String whole = invoice(frozen).raw();
    String pdf = document(frozen, "pdf");
    List<String> reasons = List.of(explanation(frozen, 0).raw(), explanation(frozen, 1).raw());
    assertThat(document(frozen, "xml")).isEqualTo(xml).contains("PT Lama", ">120000.00<");

    describe("PT Baru");
    use("late", "50", day(28));
    platform()
        .post(
            "/api/platform/plans/" + plan + "/versions",
            "{\"price\": %s, \"meters\": [%s], \"minimum\": %s}"
                .formatted(idr("175000.00"), CALLS.replace("\"20\"", "\"33\""), idr("90000.00")))
        .expect(201);
    platform()
        .post(
            "/api/platform/tax-rules",
            """
            {"region": "ID", "name": "PPN %s", "rate_percent": "9", "valid_from": "%s",
             "valid_to": "%s"}"""
                .formatted(
                    code,
                    LocalDate.ofInstant(day(40), ZoneId.of("Asia/Jakarta")),
                    LocalDate.ofInstant(day(66), ZoneId.of("Asia/Jakarta"))))
        .expect(201);
    advanceTo(62);
    assertThat(invoice(invoices().getFirst()).raw()).contains("175000.00", "PPN " + code);
    rebuildViews();
    assertThat(invoice(frozen).raw()).isEqualTo(whole);
    assertThat(document(frozen, "pdf")).isEqualTo(pdf);
    assertThat(document(frozen, "xml")).isEqualTo(xml);
    assertThat(List.of(explanation(frozen, 0).raw(), explanation(frozen, 1).raw()))
        .isEqualTo(reasons);

    platform()
        .post(
            "/api/platform/invoices/%s/credit-notes".formatted(frozen),
            "{\"type\": \"BALANCE\", \"amount\": %s, \"reason\": \"goodwill\"}"
                .formatted(idr("1000.00")))
        .expect(201);
    settle();
    assertThat(document(frozen, "pdf")).as("it says what became of it").isNotEqualTo(pdf);
    assertThat(document(frozen, "xml")).isEqualTo(xml);
    assertThat(List.of(explanation(frozen, 0).raw(), explanation(frozen, 1).raw()))
        .isEqualTo(reasons);
    advanceTo(67); // the tax has ended, for whoever comes next
  }

  @Test
  void usageIsBilledInArrearsAndWhatComesLateWithTheNextPeriod() {
    subscribe(plan("\"price\": " + idr("100000.00") + ", \"meters\": [" + CALLS + "]"), 1);
    assertThat(invoices()).hasSize(1);
    pay(invoices().getFirst(), "100000.00");

    advanceTo(5);
    use("early", "1000", day(5));
    advanceTo(29);
    assertThat(invoices()).as("no invoice before the cycle turns").hasSize(1);
    Answer rated =
        owner
            .post(
                "/api/rating/subscriptions/" + subscription,
                "{\"from\": \"%s\", \"to\": \"%s\"}"
                    .formatted(
                        subscription().text("/current_period_start"),
                        subscription().text("/current_period_end")))
            .expect(200);
    assertThat(rated.text("/total/amount")).isEqualTo("20000.00");
    assertThat(rated.text("/periods/0/lines/0/quantity")).isEqualTo("1000");
    Answer preview = preview("");
    assertThat(preview.text("/total/amount")).isEqualTo("120000.00");
    assertThat(preview.text("/reason")).isEqualTo("RENEWAL");
    assertThat(invoices()).as("a preview has no effect").hasSize(1);
    advanceTo(30);
    use("in-the-grace", "200", day(29));
    assertThat(subscription().text("/cycle_no")).isEqualTo("2");
    assertThat(subscription().text("/status")).isEqualTo("ACTIVE");
    assertThat(invoices()).as("the cycle has turned, the invoice waits for late usage").hasSize(1);
    advanceTo(32);
    String second = invoices().getFirst();
    assertThat(invoices()).hasSize(2);
    assertThat(invoice(second).text("/total/amount")).isEqualTo("124000.00");
    assertThat(lines(second))
        .containsExactly(
            "RECURRING cycle 2: 1 x 100000.00 = 100000.00", "USAGE cycle 1: 1200 x 20 = 24000.00");
    assertThat(Instant.parse(invoice(second).text("/due_at"))).isAfter(day(37)).isBefore(day(39));

    Answer why = explanation(second, 1);
    assertThat(why.text("/matches")).isEqualTo("true");
    assertThat(why.text("/asked/amount")).isEqualTo("24000.00");
    assertThat(why.text("/explanation/0/text")).isEqualTo("1200 × 20 = 24000");
    assertThat(why.text("/engine_version")).isEqualTo("v1");
    assertThat(why.text("/usage/records")).isEqualTo("2");
    assertThat(owner.get(why.text("/usage/href")).expect(200).json().at("/data")).hasSize(2);
    assertThat(explanation(second, 0).text("/explanation/0/text")).isEqualTo("1 × 100000 = 100000");

    use("late", "50", day(28));
    assertThat(explanation(second, 1).raw()).as("later usage changes nothing").isEqualTo(why.raw());
    advanceTo(40);
    assertThat(subscription().text("/status")).as("not paid").isEqualTo("PAST_DUE");
    pay(second, "124000.00");
    settle();
    assertThat(subscription().text("/status")).isEqualTo("ACTIVE");
    use("then", "100", day(40));
    advanceTo(62);
    String third = invoices().getFirst();
    assertThat(invoices()).hasSize(3);
    assertThat(lines(third))
        .containsExactly(
            "RECURRING cycle 3: 1 x 100000.00 = 100000.00", "USAGE cycle 2: 150 x 20 = 3000.00");
    assertThat(invoice(third).text("/total/amount")).isEqualTo("103000.00");
  }

  @Test
  void whatComesLateForAPaidPeriodIsCreditedAndBilledAgainOnceADay() {
    subscribe(plan("\"price\": " + idr("100000.00") + ", \"meters\": [" + REBILLED + "]"), 1);
    pay(invoices().getFirst(), "100000.00");
    advanceTo(5);
    String early = use("early", "1000", day(5));
    advanceTo(32);
    String second = invoices().getFirst();
    assertThat(invoice(second).text("/total/amount")).isEqualTo("120000.00");
    Answer why = explanation(second, 1);
    pay(second, "120000.00");

    String late = use("late", "50", day(28));
    use("later", "30", day(2));
    assertThat(fate(late).text("/fate/state")).isEqualTo("CLOSED");
    assertThat(invoices()).as("gathered until the local day ends").hasSize(2);
    advanceTo(33);
    String third = invoices().getFirst();
    assertThat(invoices()).hasSize(3);
    assertThat(lines(third)).containsExactly("USAGE cycle 1: 1080 x 20 = 21600.00");
    assertThat(invoice(third).text("/amount_credited/amount")).isEqualTo("20000.00");
    assertThat(invoice(third).text("/amount_due/amount")).isEqualTo("1600.00");
    assertThat(notes()).containsExactly("BALANCE 20000.00 of " + second);
    assertThat(reasons()).contains("Usage came late and is billed again: " + late);
    assertThat(explanation(second, 1).raw()).as("the first count").isEqualTo(why.raw());
    assertThat(explanation(third, 0).text("/matches")).isEqualTo("true");
    assertThat(explanation(third, 0).text("/explanation/0/text")).isEqualTo("1080 × 20 = 21600");
    assertThat(fate(late).text("/fate/state")).isEqualTo("RATED");
    assertThat(fate(late).text("/fate/invoice_id")).isEqualTo(third);
    assertThat(fate(early).text("/fate/invoice_id")).isEqualTo(third);

    Answer again = explanation(third, 0);
    owner.post("/api/usage/" + early + "/reverse", null).expect(200);
    advanceTo(34);
    String fourth = invoices().getFirst();
    assertThat(lines(fourth)).containsExactly("USAGE cycle 1: 80 x 20 = 1600.00");
    assertThat(invoice(fourth).text("/status")).isEqualTo("PAID");
    assertThat(notes())
        .containsExactly(
            "BALANCE 20000.00 of " + third,
            "ADJUSTMENT 1600.00 of " + third,
            "BALANCE 20000.00 of " + second);
    assertThat(invoice(third).text("/amount_due/amount")).isEqualTo("0.00");
    assertThat(credit()).isEqualTo("18400.00");
    assertThat(explanation(third, 0).raw()).as("the second count").isEqualTo(again.raw());
    assertThat(explanation(fourth, 0).text("/matches")).isEqualTo("true");

    for (String key : List.of("late", "later")) {
      owner.post("/api/usage/" + known(key) + "/reverse", null).expect(200);
    }
    advanceTo(36);
    assertThat(invoices()).as("nothing is left, the note stands alone").hasSize(4);
    assertThat(notes()).hasSize(4).first().isEqualTo("BALANCE 1600.00 of " + fourth);
    assertThat(credit()).isEqualTo("20000.00");
    use("last", "10", day(20));
    advanceTo(37);
    assertThat(lines(invoices().getFirst())).containsExactly("USAGE cycle 1: 10 x 20 = 200.00");
    assertThat(credit()).isEqualTo("19800.00");
    advanceTo(62);
    assertThat(lines(invoices().getFirst()))
        .as("none of it is in the next period")
        .containsExactly("RECURRING cycle 3: 1 x 100000.00 = 100000.00");
  }

  @Test
  void whatComesLateForAnUnpaidPeriodMakesLessDueAndIsDunnedOnItsOwn() {
    String other =
        """
        {"metric_code": "mails", "name": "Mails", "late_usage": "NEXT_PERIOD_CORRECTION",
         "pricing_model": "METERED", "unit_price": "3"}""";
    subscribe(
        plan("\"price\": " + idr("100000.00") + ", \"meters\": [" + REBILLED + ", " + other + "]"),
        1);
    pay(invoices().getFirst(), "100000.00");
    use("early", "1000", day(0));
    use("mails", "mails", "100", day(0));
    advanceTo(32);
    String second = invoices().getFirst();
    assertThat(invoice(second).text("/total/amount")).isEqualTo("120300.00");
    pay(second, "1000.00");
    use("late", "50", day(28));
    use("late-mails", "mails", "7", day(28));
    advanceTo(33);
    String third = invoices().getFirst();
    assertThat(lines(third)).containsExactly("USAGE cycle 1: 1050 x 20 = 21000.00");
    assertThat(invoice(third).text("/amount_due/amount")).isEqualTo("21000.00");
    assertThat(invoice(second).text("/amount_due/amount")).isEqualTo("99300.00");
    assertThat(notes()).containsExactly("ADJUSTMENT 20000.00 of " + second);
    platform()
        .post(
            "/api/platform/invoices/%s/void".formatted(second),
            "{\"then\": \"REISSUE\", \"reason\": \"wrong\"}")
        .expect(409);
    pay(second, "99300.00");
    settle();
    assertThat(invoice(second).text("/status")).isEqualTo("PAID");
    assertThat(subscription().text("/status")).isEqualTo("ACTIVE");
    advanceTo(42);
    assertThat(subscription().text("/status")).as("it is dunned too").isEqualTo("PAST_DUE");
    pay(third, "21000.00");
    settle();
    assertThat(subscription().text("/status")).isEqualTo("ACTIVE");
    advanceTo(62);
    assertThat(lines(invoices().getFirst()))
        .containsExactly(
            "RECURRING cycle 3: 1 x 100000.00 = 100000.00", "USAGE cycle 2: 7 x 3 = 21.00");
  }

  @Test
  void whatComesLateAfterTheEndIsBilledAgainToo() {
    subscribe(plan("\"price\": " + idr("100000.00") + ", \"meters\": [" + REBILLED + "]"), 1);
    pay(invoices().getFirst(), "100000.00");
    advanceTo(10);
    use("used", "300", day(9));
    owner.post("/api/subscriptions/cancel?product=" + code, "{\"at\": \"NOW\"}").expect(200);
    advanceTo(13);
    assertThat(lines(invoices().getFirst())).containsExactly("USAGE cycle 1: 300 x 20 = 6000.00");
    use("late", "100", day(8));
    advanceTo(15);
    String again = invoices().getFirst();
    assertThat(lines(again)).containsExactly("USAGE cycle 1: 400 x 20 = 8000.00");
    assertThat(invoice(again).text("/status")).isEqualTo("PAID");
    assertThat(credit()).isEqualTo("58666.67");
  }

  @Test
  void aTrialsBalanceIsDrawnDownFirst() {
    subscribe(
        plan(
            "\"price\": "
                + idr("100000.00")
                + ", \"trial_days\": 14, \"usage\": {\"trial_balance\": "
                + idr("15000.00")
                + "}, \"meters\": ["
                + CALLS
                + "]"),
        1);
    assertThat(subscription().text("/trial/balance/amount")).isEqualTo("15000.00");
    use("trial", "600", day(0));
    assertThat(subscription().text("/trial/balance_left/amount")).isEqualTo("3000.00");
    use("more", "400", day(0));
    assertThat(subscription().text("/trial/balance_left/amount")).isEqualTo("0.00");
    assertThat(subscription().text("/trial/expired")).isEqualTo("false");
    advanceTo(14);
    assertThat(subscription().text("/status")).isEqualTo("ACTIVE");
    assertThat(subscription().text("/trial/expired")).isEqualTo("true");
    assertThat(invoices()).isEmpty();
    advanceTo(16);
    String first = invoices().getFirst();
    assertThat(lines(first))
        .containsExactly(
            "RECURRING cycle 1: 1 x 100000.00 = 100000.00", "USAGE cycle 0: 1000 x 20 = 5000.00");
    assertThat(invoice(first).text("/total/amount")).isEqualTo("105000.00");
    assertThat(invoice(first).text("/discount_total/amount")).isEqualTo("13513.51");
    assertThat(invoice(first).text("/discounts/0/code")).isEqualTo("trial-balance");
  }

  @Test
  void theLastUsageFollowsACancellationAndTheUnusedFeePaysForIt() {
    subscribe(plan("\"price\": " + idr("100000.00") + ", \"meters\": [" + CALLS + "]"), 1);
    pay(invoices().getFirst(), "100000.00");
    advanceTo(10);
    use("used", "300", day(9));
    owner.post("/api/subscriptions/cancel?product=" + code, "{\"at\": \"NOW\"}").expect(200);
    settle();
    assertThat(subscription().text("/status")).isEqualTo("CANCELED");
    assertThat(credit()).as("twenty of thirty days").isEqualTo("66666.67");
    advanceTo(13);
    String last = invoices().getFirst();
    assertThat(lines(last)).containsExactly("USAGE cycle 1: 300 x 20 = 6000.00");
    assertThat(invoice(last).text("/amount_credited/amount")).isEqualTo("6000.00");
    assertThat(invoice(last).text("/status")).isEqualTo("PAID");
    assertThat(credit()).isEqualTo("60666.67");
  }

  @Test
  void twoSeatsMoreAfterTwentyOfThirtyDays() {
    subscribe(plan("\"price\": " + idr("10.00")), 5);
    pay(invoices().getFirst(), "50.00");
    advanceTo(20);
    Answer changed =
        platform()
            .post(
                "/api/platform/subscriptions/%s/quantity".formatted(subscription),
                "{\"quantity\": 7}")
            .expect(200);
    assertThat(changed.text("/quantity")).isEqualTo("7");
    settle();
    String change = invoices().getFirst();
    assertThat(invoice(change).text("/total/amount")).isEqualTo("6.67");
    assertThat(lines(change)).containsExactly("RECURRING cycle 1: 2 x 10.00 = 6.67");
    pay(change, "6.67");
    advanceTo(24);
    assertThat(lines(invoices().getFirst()))
        .containsExactly("RECURRING cycle 2: 7 x 10.00 = 70.00");
    owner.post("/api/subscriptions/quantity?product=" + code, "{\"quantity\": 4}").expect(200);
    settle();
    assertThat(invoice(invoices().getFirst()).text("/total/amount")).isEqualTo("40.00");
    assertThat(invoice(invoices().getFirst()).text("/amount_credited/amount"))
        .as("3 seats of 10.00 for six of thirty days; the renewal, issued again, draws it")
        .isEqualTo("6.00");
    assertThat(credit()).isEqualTo("0.00");
  }

  @Test
  void anUpgradeAtOnceIsChargedLessWhatIsUnused() {
    String bigger = plan("\"price\": " + idr("300000.00"));
    subscribe(
        plan(
            "\"price\": "
                + idr("150000.00")
                + ", \"change_rules\": [{\"to_plan_code\": \""
                + bigger
                + "\", \"timing\": \"IMMEDIATE\"}]",
            code),
        1);
    owner
        .post(
            "/api/subscriptions/change-request?product=" + code,
            "{\"plan_code\": \"%s\"}".formatted(bigger))
        .expectProblem(409, "subscription.invoice-open");
    pay(invoices().getFirst(), "150000.00");
    advanceTo(15);
    Answer changed =
        platform()
            .post(
                "/api/platform/subscriptions/" + subscription().text("/id") + "/change-request",
                "{\"plan_code\": \"%s\"}".formatted(bigger))
            .expect(201);
    assertThat(changed.text("/status")).isEqualTo("EFFECTIVE");
    settle();
    assertThat(subscription().text("/plan_code")).isEqualTo(bigger);
    String change = invoices().getFirst();
    assertThat(lines(change)).containsExactly("RECURRING cycle 1: 1 x 300000.00 = 150000.00");
    assertThat(invoice(change).text("/amount_credited/amount")).isEqualTo("75000.00");
    assertThat(invoice(change).text("/amount_due/amount")).isEqualTo("75000.00");
    advanceTo(23);
    assertThat(subscription().text("/status")).as("a change is dunned too").isEqualTo("PAST_DUE");
    pay(change, "75000.00");
    settle();
    assertThat(subscription().text("/status")).isEqualTo("ACTIVE");
    advanceTo(24);
    assertThat(lines(invoices().getFirst()))
        .containsExactly("RECURRING cycle 2: 1 x 300000.00 = 300000.00");
  }

  @Test
  void usageIsPricedByThePlanUnderWhichItWasUsed() {
    String cheaper =
        plan(
            "\"price\": "
                + idr("60000.00")
                + ", \"meters\": ["
                + CALLS.replace("\"20\"", "\"10\"")
                + "]");
    subscribe(
        plan(
            "\"price\": "
                + idr("30000.00")
                + ", \"meters\": ["
                + CALLS
                + "], \"change_rules\": [{\"to_plan_code\": \""
                + cheaper
                + "\", \"timing\": \"IMMEDIATE\"}]",
            code),
        1);
    pay(invoices().getFirst(), "30000.00");
    advanceTo(5);
    use("before", "100", day(5));
    advanceTo(10);
    owner
        .post(
            "/api/subscriptions/change-request?product=" + code,
            "{\"plan_code\": \"%s\"}".formatted(cheaper))
        .expect(201);
    settle();
    String change = invoices().getFirst();
    assertThat(lines(change)).containsExactly("RECURRING cycle 1: 1 x 60000.00 = 40000.00");
    assertThat(invoice(change).text("/amount_credited/amount")).isEqualTo("20000.00");
    pay(change, "20000.00");
    advanceTo(12);
    use("after", "100", day(12));
    String used = invoices().getFirst();
    assertThat(lines(used)).containsExactly("USAGE cycle 1: 100 x 20 = 2000.00");
    assertThat(explanation(used, 0).text("/matches")).isEqualTo("true");
    pay(used, "2000.00");
    Answer rated =
        owner
            .post(
                "/api/rating/subscriptions/" + subscription,
                "{\"from\": \"%s\", \"to\": \"%s\"}"
                    .formatted(
                        subscription().text("/current_period_start"),
                        subscription().text("/current_period_end")))
            .expect(200);
    assertThat(rated.json().at("/periods")).hasSize(2);
    assertThat(rated.text("/periods/0/total/amount")).isEqualTo("2000.00");
    assertThat(rated.text("/periods/1/total/amount")).isEqualTo("1000.00");
    advanceTo(32);
    assertThat(lines(invoices().getFirst()))
        .containsExactly(
            "RECURRING cycle 2: 1 x 60000.00 = 60000.00", "USAGE cycle 1: 100 x 10 = 1000.00");
  }

  @Test
  void aPreviewIsTheInvoiceThatComes() {
    subscribe(plan("\"price\": " + idr("150000.00")), 2);
    String first = invoices().getFirst();
    Answer open = preview("");
    assertThat(open.text("/assumed_paid/0")).as("what is open is taken as paid").isEqualTo(first);
    assertThat(open.text("/total/amount")).isEqualTo("300000.00");
    assertThat(preview(", \"quantity\": 3").text("/reason")).isEqualTo("CHANGE");
    assertThat(preview(", \"at\": \"%s\", \"quantity\": 3".formatted(day(45))).text("/quantity"))
        .isEqualTo("3");
    assertThat(subscription().text("/quantity")).isEqualTo("2");
    pay(first, "300000.00");
    settle();
    Answer next = preview("");
    assertThat(next.text("/assumed_paid/0")).isEmpty();
    advanceTo(24);
    String renewal = invoices().getFirst();
    for (String field :
        List.of(
            "/total/amount", "/tax_total/amount", "/issued_at", "/due_at", "/billing_period_end")) {
      assertThat(next.text(field)).as(field).isEqualTo(invoice(renewal).text(field));
    }
    String other =
        platform()
            .post(
                "/api/platform/tenants",
                "{\"name\": \"Other\", \"owner_email\": \"budi@example.com\"}")
            .expect(201)
            .text("/id");
    ApiClient stranger = platform().asNew("budi", "owner", other);
    stranger
        .post("/api/invoices/preview", "{\"subscription_id\": \"%s\"}".formatted(subscription))
        .expectProblem(404, "subscription.unknown");
    stranger
        .get(
            "/api/invoices/%s/lines/%s/explanation"
                .formatted(renewal, invoice(renewal).text("/line_items/0/id")))
        .expectProblem(404, "invoice.unknown");
  }

  @Test
  void aShorterFirstPeriodSaysWhatPartItIs() {
    LocalDate today = LocalDate.ofInstant(now(), ZoneId.of("Asia/Jakarta"));
    int anchor = Math.min(today.plusDays(10).getDayOfMonth(), 28);
    subscribe(
        plan(
            "\"price\": "
                + idr("150000.00")
                + ", \"interval\": {\"kind\": \"CALENDAR_MONTHS\", \"months\": 1,"
                + " \"anchor_day\": "
                + anchor
                + "}"),
        1);
    Answer stub = explanation(invoices().getFirst(), 0);
    assertThat(stub.text("/matches")).isEqualTo("true");
    assertThat(stub.text("/part/basis")).isEqualTo("ACTUAL_DAYS");
    assertThat(stub.text("/asked/amount"))
        .isEqualTo(
            new BigDecimal("150000.00")
                .multiply(new BigDecimal(stub.text("/part/part")))
                .divide(new BigDecimal(stub.text("/part/whole")), 2, RoundingMode.HALF_UP)
                .toPlainString());
  }
}
