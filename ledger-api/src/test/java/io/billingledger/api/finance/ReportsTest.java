package io.billingledger.api.finance;

import static io.billingledger.api.finance.BooksScene.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerApplication;
import io.billingledger.api.ApiClient;
import io.billingledger.wiring.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** Every report is of the same books: to the cent, at any day, in any format. */
@SpringBootTest(
    classes = LedgerApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"ledger.bootstrap-key=" + ApiClient.OWNER_KEY, "ledger.test-clock.enabled=true"})
@ContextConfiguration(initializers = TestDatabase.class)
class ReportsTest {
  @LocalServerPort private int port;
  private BooksScene scene;

  @BeforeEach
  void open() {
    scene = new BooksScene(port);
  }

  @Test
  void whatACustomerOwesGrowsOlder() {
    LocalDate start = scene.today();
    scene.subscribe(
        scene.plan(
            "\"price\": {\"amount\": \"150000.00\", \"currency\": \"IDR\"}, \"interval\":"
                + " {\"kind\": \"ROLLING_DAYS\", \"days\": 365}"),
        "\"country\": \"ID\", \"currency\": \"IDR\"");
    String invoice = scene.invoices().getFirst();
    String number = scene.invoice(invoice).text("/invoice_number");
    scene.pay(invoice, "50000.00", "IDR");
    scene.advanceTo(start.plusDays(10));
    scene.credit(invoice, "ADJUSTMENT", "{\"amount\": \"30000.00\", \"currency\": \"IDR\"}");
    scene.settle();

    assertThat(ageing(start)).containsExactly("100000.00", "0.00", "0.00", "0.00", "0.00");
    assertThat(ageing(start.plusDays(6)))
        .as("due when day 7 begins")
        .containsExactly("100000.00", "0.00", "0.00", "0.00", "0.00");
    assertThat(ageing(start.plusDays(7)))
        .containsExactly("0.00", "100000.00", "0.00", "0.00", "0.00");
    assertThat(ageing(start.plusDays(10)))
        .as("less the note")
        .containsExactly("0.00", "70000.00", "0.00", "0.00", "0.00");
    scene.advanceTo(start.plusDays(40));
    assertThat(ageing(start.plusDays(36)))
        .containsExactly("0.00", "70000.00", "0.00", "0.00", "0.00");
    assertThat(ageing(start.plusDays(37))).as("written off: nothing is owed any more").isEmpty();

    List<String> statement = new ArrayList<>();
    rows("CUSTOMER_STATEMENT", "&tenant_id=" + scene.tenant() + "&from=" + start)
        .forEach(
            row ->
                statement.add(
                    "%s %s %s %s"
                        .formatted(
                            row.at("/cause").asString(),
                            row.at("/debit").asString(),
                            row.at("/credit").asString(),
                            row.at("/balance").asString())));
    assertThat(statement)
        .containsExactly(
            "invoice.issued 150000.00 0.00 150000.00",
            "invoice.payment-recorded 0.00 50000.00 100000.00",
            "invoice.credit-note-issued 0.00 30000.00 70000.00",
            "invoice.written-off 0.00 70000.00 0.00");
    JsonNode opening =
        rows("CUSTOMER_STATEMENT", "&tenant_id=" + scene.tenant() + "&from=" + start.plusDays(5));
    assertThat(opening.get(0).at("/cause").asString()).isEqualTo("opening");
    assertThat(opening.get(0).at("/balance").asString()).isEqualTo("100000.00");

    List<String> taxes = new ArrayList<>();
    rows("TAX_REGISTER", "&from=" + start)
        .forEach(
            row -> {
              if (row.at("/tenant_id").asString().equals(scene.tenant())) {
                taxes.add(
                    "%s %s %s %s %s"
                        .formatted(
                            row.at("/document").asString(),
                            row.at("/invoice_number").asString().equals(number),
                            row.at("/tax").asString(),
                            row.at("/net").asString(),
                            row.at("/amount").asString()));
              }
            });
    assertThat(taxes)
        .containsExactly(
            "invoice.issued true PPN 135135.14 14864.86",
            "invoice.credit-note-issued true PPN -27027.03 -2972.97");
    scene.everythingAgrees();
  }

  @Test
  void everyReportTiesToTheTrialBalance() {
    LocalDate start = scene.today();
    scene.subscribe(scene.plan("\"price\": " + usd("30.00")));
    scene.pay(scene.invoices().getFirst(), "12.00", "USD");
    scene.toNextMonth();
    LocalDate day = scene.today();
    JsonNode balance = rows("TRIAL_BALANCE", "&to=" + day);
    assertThat(BooksScene.sum(balance, "/debit")).isEqualTo(BooksScene.sum(balance, "/credit"));
    assertThat(day).isAfter(start);

    BigDecimal owed = BigDecimal.ZERO;
    for (JsonNode row : rows("RECEIVABLES_AGEING", "&to=" + day)) {
      if (row.at("/currency").asString().equals("USD")) {
        owed = owed.add(new BigDecimal(row.at("/total").asString()));
      }
    }
    assertThat(owed).isEqualByComparingTo(net(balance, "RECEIVABLE"));

    JsonNode cash = rows("ACCOUNT_STATEMENT", "&account=CASH&from=2020-01-01&to=" + day);
    BigDecimal last = BigDecimal.ZERO;
    for (JsonNode row : cash) {
      if (row.at("/currency").asString().equals("USD")) {
        last = new BigDecimal(row.at("/balance").asString());
      }
    }
    assertThat(last).isEqualByComparingTo(net(balance, "CASH"));

    BigDecimal revenue = BigDecimal.ZERO;
    for (JsonNode row : rows("GENERAL_LEDGER", "&from=2020-01-01&to=" + day)) {
      if (row.at("/account").asString().equals("REVENUE")
          && row.at("/currency").asString().equals("USD")) {
        revenue =
            revenue
                .add(new BigDecimal(row.at("/debit").asString()))
                .subtract(new BigDecimal(row.at("/credit").asString()));
      }
    }
    assertThat(revenue).isNegative().isEqualByComparingTo(net(balance, "REVENUE"));
  }

  @Test
  void csvAndXlsxAreTheSameRows() throws IOException {
    scene.subscribe(scene.plan("\"price\": " + usd("30.00")));
    scene.settle();
    List<List<String>> json = new ArrayList<>();
    rows("TRIAL_BALANCE", "")
        .forEach(
            row ->
                json.add(
                    Stream.of("number", "account", "detail", "currency", "debit", "credit")
                        .map(name -> row.at("/" + name).asString())
                        .toList()));
    List<List<String>> csv = new ArrayList<>();
    String text =
        scene.platform.get("/api/finance/reports/TRIAL_BALANCE?format=CSV").expect(200).raw();
    CSVFormat withHeader = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    for (CSVRecord row : CSVParser.parse(new StringReader(text), withHeader)) {
      csv.add(
          Stream.of("number", "account", "detail", "currency", "debit", "credit")
              .map(row::get)
              .toList());
    }
    assertThat(csv).isEqualTo(json);

    byte[] file =
        scene
            .platform
            .get("/api/finance/reports/TRIAL_BALANCE?format=XLSX")
            .expect(200)
            .response()
            .body();
    try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(file))) {
      List<Row> sheet = book.getFirstSheet().read();
      assertThat(sheet).hasSize(json.size() + 1);
      assertThat(sheet.getFirst().getCellText(1)).isEqualTo("account");
      for (int i = 0; i < json.size(); i++) {
        Cell debit = sheet.get(i + 1).getCell(7);
        assertThat(debit.getType()).isEqualTo(CellType.NUMBER);
        assertThat(debit.asNumber()).isEqualByComparingTo(json.get(i).get(4));
        assertThat(sheet.get(i + 1).getCellText(1)).isEqualTo(json.get(i).get(1));
      }
    }
  }

  @Test
  void anAccountHasTheNameOfItsDay() {
    LocalDate start = scene.today();
    scene.subscribe(scene.plan("\"price\": " + usd("30.00")));
    scene.pay(scene.invoices().getFirst(), "30.00", "USD");
    scene.advanceTo(start.plusDays(3));
    String number = "10" + System.nanoTime() % 1_000_000;
    scene
        .platform
        .post(
            "/api/finance/chart/accounts",
            """
            {"account": "CASH", "detail": "BANK_TRANSFER", "number": "%s", "name": "Bank"}"""
                .formatted(number))
        .expect(200);
    scene.settle();
    assertThat(cash(start)).isEqualTo("1000-BANK_TRANSFER ");
    assertThat(cash(start.plusDays(3))).isEqualTo(number + " Bank");
    assertThat(scene.platform.get("/api/finance/chart/history").expect(200).text("/data/0/number"))
        .isEqualTo(number);
  }

  private String cash(LocalDate day) {
    for (JsonNode row : rows("TRIAL_BALANCE", "&to=" + day)) {
      if (row.at("/account").asString().equals("CASH")
          && row.at("/detail").asString().equals("BANK_TRANSFER")) {
        return row.at("/number").asString() + " " + row.at("/name").asString();
      }
    }
    throw new AssertionError("no cash");
  }

  /** Of the customer: not due, and by days. */
  private List<String> ageing(LocalDate day) {
    for (JsonNode row : rows("RECEIVABLES_AGEING", "&to=" + day)) {
      if (row.at("/tenant_id").asString().equals(scene.tenant())) {
        return Stream.of("not_due", "days_1_30", "days_31_60", "days_61_90", "days_over_90")
            .map(name -> row.at("/" + name).asString())
            .toList();
      }
    }
    return List.of();
  }

  private static BigDecimal net(JsonNode balance, String account) {
    BigDecimal net = BigDecimal.ZERO;
    for (JsonNode row : balance) {
      if (row.at("/account").asString().equals(account)
          && row.at("/currency").asString().equals("USD")) {
        net =
            net.add(new BigDecimal(row.at("/debit").asString()))
                .subtract(new BigDecimal(row.at("/credit").asString()));
      }
    }
    return net;
  }

  private JsonNode rows(String report, String more) {
    return scene
        .platform
        .get("/api/finance/reports/" + report + "?format=JSON" + more)
        .expect(200)
        .json()
        .at("/data");
  }
}
