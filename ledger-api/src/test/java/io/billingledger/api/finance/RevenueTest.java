package io.billingledger.api.finance;

import static io.billingledger.api.finance.BooksScene.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerApplication;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.wiring.TestDatabase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** Given invoices, when months end, then what they have earned is revenue, and the rest is not. */
@SpringBootTest(
    classes = LedgerApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"ledger.bootstrap-key=" + ApiClient.OWNER_KEY, "ledger.test-clock.enabled=true"})
@ContextConfiguration(initializers = TestDatabase.class)
class RevenueTest {
  @LocalServerPort private int port;
  private BooksScene scene;

  @BeforeEach
  void open() {
    scene = new BooksScene(port);
  }

  @AfterEach
  void everythingAgrees() {
    scene.everythingAgrees();
  }

  @Test
  void aYearIsEarnedDayByDayAndRecognisedAtEachMonthsEnd() {
    LocalDate start = scene.today();
    long days = ChronoUnit.DAYS.between(start, start.plusMonths(12));
    scene.subscribe(
        scene.plan(
            """
            "price": %s, "interval": {"kind": "CALENDAR_MONTHS", "months": 12}"""
                .formatted(usd(days + ".00"))));
    String invoice = scene.invoices().getFirst();
    scene.pay(invoice, days + ".00", "USD");
    assertThat(scene.recognised(invoice)).isEqualTo("0.00");
    for (int month = 1; month <= 3; month++) {
      scene.toNextMonth();
      LocalDate first = YearMonth.from(scene.today()).atDay(1);
      assertThat(scene.recognised(invoice))
          .as("a dollar a day")
          .isEqualTo(ChronoUnit.DAYS.between(start, first) + ".00");
    }
    YearMonth ended = YearMonth.from(scene.today()).minusMonths(1);
    JsonNode last = dollars(waterfall(ended));
    assertThat(amount(last, "opening").subtract(amount(last, "recognised")))
        .isEqualByComparingTo(
            amount(last, "closing").subtract(amount(last, "invoiced")).add(amount(last, "taken")));
    assertThat(amount(last, "recognised"))
        .isGreaterThanOrEqualTo(new BigDecimal(ended.lengthOfMonth()));
    JsonNode entries = scene.platform.get("/api/finance/entries?limit=500").expect(200).json();
    assertThat(entries.toString())
        .contains("\"cause_type\":\"revenue.recognised\"", "\"account\":\"REVENUE\"")
        .contains("\"date\":\"" + ended.atEndOfMonth() + "\"");
  }

  @Test
  void aMonthlyPlanEarnsTheSameEachMonthAndItsStartWithIt() {
    LocalDate start = scene.today();
    scene.subscribe(
        scene.plan(
            """
            "price": %s, "setup_fee": %s, "revenue_method": "MONTHLY",
            "interval": {"kind": "CALENDAR_MONTHS", "months": 3}"""
                .formatted(usd("300.00"), usd("30.00"))));
    String invoice = scene.invoices().getFirst();
    scene.toNextMonth();
    LocalDate first = YearMonth.from(scene.today()).atDay(1);
    BigDecimal share =
        new BigDecimal(ChronoUnit.DAYS.between(start, first))
            .multiply(new BigDecimal("110"))
            .divide(
                new BigDecimal(ChronoUnit.DAYS.between(start, start.plusMonths(1))),
                2,
                RoundingMode.HALF_UP);
    assertThat(new BigDecimal(scene.recognised(invoice)).subtract(share).abs())
        .as("rounded for each line")
        .isLessThanOrEqualTo(new BigDecimal("0.01"));
    scene
        .platform
        .post(
            "/api/platform/invoices/%s/void".formatted(invoice),
            "{\"then\": \"WAIVE\", \"reason\": \"wrong plan\"}")
        .expect(200);
    scene.toNextMonth();
    assertThat(scene.recognised(invoice)).as("void: nothing was earned").isEqualTo("0.00");
    assertThat(BooksScene.sum(scene.schedule(invoice), "/amount/amount")).isEqualTo("0.00");
  }

  @Test
  void whatIsCreditedIsEarnedNoMore() {
    LocalDate start = scene.today();
    scene.subscribe(
        scene.plan(
            "\"price\": %s, \"interval\": {\"kind\": \"ROLLING_DAYS\", \"days\": 60}"
                .formatted(usd("60.00"))));
    String invoice = scene.invoices().getFirst();
    scene.pay(invoice, "60.00", "USD");
    scene.advanceTo(start.plusDays(20));
    assertThat(scene.credit(invoice, "BALANCE", usd("40.00")).text("/total/amount"))
        .isEqualTo("40.00");
    scene.advanceTo(start.plusDays(70));
    scene.toNextMonth();
    assertThat(scene.recognised(invoice)).as("of 60 days 20 were charged").isEqualTo("20.00");
  }

  private Answer waterfall(YearMonth month) {
    return scene
        .platform
        .get("/api/finance/revenue/waterfall?from=%s&to=%s".formatted(month, month))
        .expect(200);
  }

  private static BigDecimal amount(JsonNode month, String name) {
    return new BigDecimal(month.at("/" + name + "/amount").asString());
  }

  private static JsonNode dollars(Answer waterfall) {
    for (JsonNode currency : waterfall.json().at("/currencies")) {
      if (currency.at("/currency_code").asString().equals("USD")) {
        return currency.at("/months/0");
      }
    }
    throw new AssertionError(waterfall.raw());
  }
}
