package io.billingledger.api.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@LedgerTest
class QuotesTest {
  private static final String PATH = "/api/pricing/quotes";
  private static final String TIERS =
      """
      "pricing_model": "TIERED", "tier_mode": "%s", "tiers": [
        {"up_to": "10", "unit_price": "10", "flat_fee": "2"},
        {"up_to": 20, "unit_price": "5", "flat_fee": "3"},
        {"up_to": null, "unit_price": "0.00005"}]""";
  private static final String GRADUATED = TIERS.formatted("GRADUATED");
  private static final String VOLUME = TIERS.formatted("VOLUME");

  @LocalServerPort private int port;
  private ApiClient owner;

  @BeforeEach
  void setUp() {
    owner = ApiClient.owner(port);
  }

  @TestFactory
  Stream<DynamicTest> whatAMeterCosts() {
    return Stream.of(
        meter("nothing used, the first flat fee", "EUR", GRADUATED, "0", "2.00"),
        meter("at the end of a tier", "EUR", GRADUATED, "10", "102.00"),
        meter("just beyond it, by a fraction", "EUR", GRADUATED, "10.5", "107.50"),
        meter("the smallest step beyond", "EUR", GRADUATED, "10.000000000000000001", "105.00"),
        meter("a tier without a flat fee", "EUR", GRADUATED, "21", "155.00"),
        meter("a tiny price", "EUR", GRADUATED, "1000020", "205.00"),
        meter("a huge quantity", "EUR", GRADUATED, "999999999999999999", "50000000000155.00"),
        meter("no decimals", "JPY", VOLUME, "11.5", "61"),
        meter("three decimals", "KWD", VOLUME, "11.5", "60.500"),
        meter("zeros at the end", "EUR", GRADUATED, "11.000", "110.00"),
        meter(
            "a flat price",
            "EUR",
            "\"pricing_model\": \"FLAT\", \"unit_price\": \"9\"",
            "5",
            "9.00"),
        meter(
            "included units",
            "EUR",
            """
            "pricing_model": "METERED", "unit_price": "0.10", "included_units": "100"
            """,
            "150",
            "5.00"),
        meter(
            "overage",
            "EUR",
            """
            "pricing_model": "METERED", "unit_price": "0.10", "included_units": 100,
            "overage_unit_price": "0.20"
            """,
            "150",
            "10.00"),
        meter("half a cent", "EUR", unit("0.005"), "1", "0.01"),
        meter("less than half", "EUR", unit("0.00499999"), "1", "0.00"),
        meter("packages", "EUR", packages("UP"), "7", "20.00"),
        meter("full packages", "EUR", packages("DOWN"), "7", "10.00"),
        meter("parts of packages", "EUR", packages("EXACT"), "8", "16.67"),
        meter("free units", "EUR", packages("UP"), "2", "0.00"),
        meter("at least", "EUR", unit("1") + ", \"minimum\": \"5\"", "1", "5.00"),
        meter("at most", "EUR", unit("1") + ", \"maximum\": \"50.5\"", "100", "50.50"),
        meter(
            "one payment",
            "EUR",
            """
            "pricing_model": "PERCENTAGE", "rate_percent": "2.9", "fixed_fee": "0.30"
            """,
            "100",
            "3.20"),
        meter(
            "a rate as a number",
            "EUR",
            """
            "pricing_model": "PERCENTAGE", "rate_percent": 2.9
            """,
            "100",
            "2.90"));
  }

  @Test
  void singleEvents() {
    String percentage =
        """
        "pricing_model": "PERCENTAGE", "rate_percent": "1", "fixed_fee": "1",
        "free_events": "1", "event_minimum": "1.75", "event_maximum": "12"
        """;
    assertThat(amount(events(percentage, "[\"100\", \"50\", \"10000\"]"))).isEqualTo("13.75");
    assertThat(amount(events(percentage, "[{\"quantity\": \"100\"}, {\"amount\": \"50\"}]")))
        .isEqualTo("1.75");
    assertThat(
            amount(
                events(
                    percentage,
                    """
                    [{"value": "10000", "recorded_at": "2026-01-02T00:00:00Z"},
                     {"value": "50", "recorded_at": "2026-01-01T00:00:00Z"}]""")))
        .as("the earlier one is free")
        .isEqualTo("12.00");
    assertThat(amount(events(percentage, "[]"))).isEqualTo("0.00");
    assertThat(amount(events(GRADUATED, "[\"6\", \"5\"]"))).isEqualTo("110.00");
    assertThat(amount(events(unit("1") + ", \"aggregation\": \"MAX\"", "[\"6\", \"5\"]")))
        .isEqualTo("6.00");
    assertThat(amount(events(unit("1") + ", \"aggregation\": \"LAST\"", "[\"6\", \"5\"]")))
        .isEqualTo("5.00");
    assertThat(
            amount(
                events(
                    unit("1")
                        + """
                        , "aggregation": "UNIQUE_COUNT", "aggregation_property": "user",
                        "filters": [{"property": "plan", "values": ["pro"]}]""",
                    """
                    [{"quantity": "1", "properties": {"user": "a", "plan": "pro"}},
                     {"quantity": "1", "properties": {"user": "a", "plan": "pro"}},
                     {"quantity": "1", "properties": {"user": "b", "plan": "pro"}},
                     {"quantity": "1", "properties": {"user": "c", "plan": "free"}}]""")))
        .isEqualTo("2.00");
  }

  @Test
  void aPartOfAPeriod() {
    Answer days =
        proration("ACTUAL_DAYS", "20", "2026-01-21", "2026-01-31", "2026-01-01", "2026-01-31");
    assertThat(days.text("/amount")).isEqualTo("6.67");
    assertThat(days.text("/ratio")).isEqualTo("0.333333333");
    Answer back =
        proration("ACTUAL_DAYS", "-20", "2026-01-21", "2026-01-31", "2026-01-01", "2026-01-31");
    assertThat(back.text("/amount")).isEqualTo("-6.67");
    Answer nothing =
        proration("ACTUAL_DAYS", "20", "2026-01-21", "2026-01-21", "2026-01-01", "2026-01-31");
    assertThat(nothing.text("/amount")).isEqualTo("0.00");
    assertThat(nothing.text("/ratio")).isEqualTo("0.000000000");
    Answer seconds =
        proration(
            "SECONDS",
            "86400",
            "2026-01-01T12:00:00Z",
            "2026-01-01T12:00:01+00:00",
            "2026-01-01",
            "2026-01-02");
    assertThat(seconds.text("/amount")).isEqualTo("1.00");
    assertThat(seconds.text("/ratio")).isEqualTo("0.000011574");
    Answer thirty =
        ask(
            """
            {"currency": "KWD", "proration": {"price": "19.95", "from": "2023-05-23",
             "to": "2023-06-15", "basis": "FIXED_30"}}""");
    assertThat(thirty.text("/amount")).isEqualTo("14.630");
    assertThat(thirty.text("/ratio")).isEqualTo("0.733333333");
  }

  @Test
  void taxes() {
    assertThat(
            tax("IDR", "\"gross\": \"150000\", \"rate_percent\": 12, \"base_factor\": \"11/12\""))
        .isEqualTo("135135.14 + 14864.86 = 150000.00");
    assertThat(tax("EUR", "\"gross\": \"2.99\", \"rate_percent\": \"4\", \"rounding\": \"NET\""))
        .isEqualTo("2.88 + 0.11 = 2.99");
    assertThat(tax("EUR", "\"gross\": \"2.99\", \"rate_percent\": \"4\""))
        .isEqualTo("2.87 + 0.12 = 2.99");
    assertThat(
            tax(
                "DKK",
                "\"base\": \"-625743.54\", \"rate_percent\": \"25\", \"behaviour\": \"EXCLUSIVE\""))
        .isEqualTo("-625743.54 + -156435.89 = -782179.43");
    assertThat(tax("JPY", "\"base\": \"15\", \"rate_percent\": \"10\", \"base_factor\": \"1\""))
        .isEqualTo("15 + 2 = 17");
    assertThat(tax("JPY", "\"base\": \"-15\", \"rate_percent\": \"10\""))
        .isEqualTo("-15 + -2 = -17");
    assertThat(tax("EUR", "\"base\": \"100\", \"rate_percent\": \"0\""))
        .isEqualTo("100.00 + 0.00 = 100.00");
  }

  @TestFactory
  Stream<DynamicTest> whatCannotBeAnswered() {
    String metered = "{\"pricing_model\": \"METERED\", \"unit_price\": \"1\"}";
    return Stream.of(
        refused("{}", "/currency"),
        refused("{\"currency\": \"EUR\"}", ""),
        refused("{\"currency\": \"XXX\", \"quantity\": \"1\"}", "/currency"),
        refused("{\"currency\": \"EUR\", \"tax\": {}, \"proration\": {}}", "/proration/basis"),
        refused("{\"currency\": \"EUR\", \"meter\": %s}".formatted(metered), "/quantity"),
        refused(asking(metered, "1"), "/quantity"),
        refused(asking(metered, "\"-1\""), "/quantity"),
        refused(asking(metered, "\"1e5\""), "/quantity"),
        refused(asking(metered, "\"1,5\""), "/quantity"),
        refused(asking(metered, "\"1\", \"events\": []"), "/quantity"),
        refused(asking("{\"unit_price\": \"1\"}", "\"1\""), "/meter/pricing_model"),
        refused(asking("{\"pricing_model\": \"FLAT\"}", "\"1\""), "/meter/unit_price"),
        refused(
            asking("{\"pricing_model\": \"FLAT\", \"unit_price\": 1}", "\"1\""),
            "/meter/unit_price"),
        refused(
            asking(
                "{\"pricing_model\": \"FLAT\", \"unit_price\": \"1\", \"package_size\": 5}",
                "\"1\""),
            "/meter/package_size"),
        refused(tiers("{\"up_to\": 10, \"unit_price\": \"1\"}"), "/meter/tiers/0/up_to"),
        refused(
            tiers("{\"up_to\": null, \"unit_price\": \"1\"}, {\"unit_price\": \"1\"}"),
            "/meter/tiers/0/up_to"),
        refused(
            tiers(
                "{\"up_to\": 10, \"unit_price\": \"1\"}, {\"up_to\": 10, \"unit_price\": \"1\"},"
                    + " {\"unit_price\": \"1\"}"),
            "/meter/tiers/1/up_to"),
        refused(tiers("{\"up_to\": null}"), "/meter/tiers/0/unit_price"),
        refused(tiers("null"), "/meter/tiers/0"),
        refused(tiers("{\"unit_price\": \"-1\"}"), "/meter/tiers/0/unit_price"),
        refused(tiers(""), "/meter/tiers"),
        refused(
            "{\"currency\": \"EUR\", \"meter\": %s, \"events\": [\"x\"]}".formatted(metered),
            "/events/0"),
        refused(
            "{\"currency\": \"EUR\", \"meter\": %s, \"events\": [5]}".formatted(metered),
            "/events/0"),
        refused(
            "{\"currency\": \"EUR\", \"meter\": %s, \"events\": [{}]}".formatted(metered),
            "/events/0/quantity"),
        refused(
            "{\"currency\": \"EUR\", \"meter\": %s, \"events\": [\"-1\"]}".formatted(metered),
            "/events/0/quantity"),
        refused(
            prorating("ACTUAL_DAYS", "2026-02-30", "2026-03-01", "2026-02-01", "2026-03-01"),
            "/proration/from"),
        refused(
            prorating("ACTUAL_DAYS", "2026-02-20", "2026-02-01", "2026-02-01", "2026-03-01"),
            "/proration/to"),
        refused(
            prorating("ACTUAL_DAYS", "2026-02-20", "2026-02-21", "2026-02-01", "2026-02-01"),
            "/proration/period_end"),
        refused(
            """
            {"currency": "EUR", "proration": {"price": "1", "from": "2026-02-20",
             "to": "2026-02-21", "basis": "ACTUAL_DAYS"}}""",
            "/proration/period_start"),
        refused(taxing("\"base\": \"1\", \"gross\": \"1\", \"rate_percent\": \"1\""), "/tax/base"),
        refused(taxing("\"rate_percent\": \"1\""), "/tax/base"),
        refused(taxing("\"base\": \"1\""), "/tax/rate_percent"),
        refused(taxing("\"base\": \"1\", \"rate_percent\": \"-1\""), "/tax/rate_percent"),
        refused(
            taxing("\"base\": \"1\", \"rate_percent\": \"1\", \"behaviour\": \"INCLUSIVE\""),
            "/tax/behaviour"),
        refused(
            taxing("\"base\": \"1\", \"rate_percent\": \"1\", \"base_factor\": \"11/0\""),
            "/tax/base_factor"),
        refused(
            taxing("\"base\": \"1\", \"rate_percent\": \"1\", \"base_factor\": \"1/2/3\""),
            "/tax/base_factor"),
        refused(
            taxing("\"base\": \"1\", \"rate_percent\": \"1\", \"base_factor\": \"1e9\""),
            "/tax/base_factor"));
  }

  @Test
  void theFaultOfATierNamesIt() {
    Answer refused =
        owner.post(
            PATH,
            tiers(
                "{\"up_to\": 20, \"unit_price\": \"1\"}, {\"up_to\": 10, \"unit_price\": \"1\"},"
                    + " {\"unit_price\": \"1\"}"));
    assertThat(refused.text("/errors/0/detail"))
        .isEqualTo("tier 2 must reach further than tier 1 (20), not up to 10");
    assertThat(refused.text("/detail")).contains("tier 2");
  }

  @Test
  void whoeverCallsIsAnsweredAndNothingIsKept() {
    String question = asking("{" + unit("1") + "}", "\"2\"");
    for (String role : List.of("auditor", "support", "finance", "platform_billing")) {
      ApiClient caller = owner.asNew("quotes-" + role, role, null);
      Answer answer = caller.key("").post(PATH, question).expect(200);
      assertThat(answer.text("/amount")).isEqualTo("2.00");
      assertThat(answer.header("Ledger-Position")).isEmpty();
    }
    assertThat(ApiClient.anonymous(port).post(PATH, question).status()).isEqualTo(401);
    assertThat(owner.post(PATH, "\"" + "x".repeat(3_000_000) + "\"").status()).isEqualTo(413);
  }

  @Test
  void nastyQuestionsAreRefusedAndNeverFail() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("QuotesTest seed " + seed);
    Random random = new Random(seed);
    List<String> valid =
        List.of(
            asking("{" + GRADUATED + "}", "\"11.5\""),
            asking("{" + packages("EXACT") + ", \"minimum\": \"1\"}", "\"8\""),
            events(
                """
                "pricing_model": "PERCENTAGE", "rate_percent": "2.5", "fixed_fee": "0.3",
                "free_events": 1, "free_amount": "50", "event_minimum": "0.5",
                "event_maximum": "4", "filters": [{"property": "a", "values": ["b"]}]""",
                "[\"30\", {\"quantity\": \"40\", \"properties\": {\"a\": \"b\"}}]"),
            prorating("SECONDS", "2026-02-20", "2026-02-21", "2026-02-01", "2026-03-01"),
            taxing(
                """
                "gross": "2.99", "rate_percent": "4", "base_factor": "11/12",
                "behaviour": "INCLUSIVE", "rounding": "NET\""""));
    for (int i = 0; i < Math.min(20_000, Integer.getInteger("cases", 1_500)); i++) {
      JsonNode question = Json.mapper().readTree(valid.get(random.nextInt(valid.size())));
      for (int k = random.nextInt(1, 4); k > 0; k--) {
        spoil((ObjectNode) question, random);
      }
      Answer answer = owner.post(PATH, question.toString());
      String as = "seed %d: %s for %s".formatted(seed, answer.raw(), question);
      assertThat(answer.status()).as(as).isIn(200, 400);
      if (answer.status() == 400) {
        assertThat(answer.contentType()).as(as).startsWith("application/problem+json");
        assertThat(answer.text("/code")).as(as).isIn("request.invalid", "body.malformed");
        String pointer = answer.text("/errors/0/pointer");
        assertThat(question.at(parent(pointer)).isMissingNode()).as(as).isFalse();
        assertThat(answer.raw()).as(as).doesNotContain("Exception", "java.");
      }
    }
  }

  /** Replaces, removes or adds something somewhere. */
  private static void spoil(ObjectNode question, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(question, containers);
    JsonNode somewhere = containers.get(random.nextInt(containers.size()));
    JsonNode nasty = Json.mapper().readTree(NASTY.get(random.nextInt(NASTY.size())));
    if (somewhere instanceof ObjectNode object && !object.isEmpty()) {
      List<String> names = List.copyOf(object.propertyNames());
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(6)) {
        case 0 -> object.remove(name);
        case 1 -> object.set("surprise", nasty);
        default -> object.set(name, nasty);
      }
    } else if (somewhere instanceof ArrayNode array) {
      array.insert(0, nasty);
    }
  }

  private static final List<String> NASTY =
      List.of(
          "null",
          "\"\"",
          "\" \"",
          "\"-1\"",
          "\"0\"",
          "\"1e9\"",
          "\"1e999999999\"",
          "1e400",
          "-0.0",
          "\"0.000000000000000001\"",
          "\"999999999999999999.999999999999999999\"",
          "\"9999999999999999999\"",
          "99999999999999999999999",
          "\"NaN\"",
          "\"\\u0660\\u0661\"",
          "true",
          "[]",
          "[[]]",
          "[null]",
          "{}",
          "{\"a\": {}}",
          "\"TIERED\"",
          "\"PERCENTAGE\"",
          "\"FIXED_30\"",
          "\"0001-01-01\"",
          "\"9999-12-31\"",
          "\"0/1\"",
          "\"1/0\"",
          "\"/\"",
          "\"JPY\"");

  private static void collect(JsonNode node, List<JsonNode> into) {
    if (node.isContainer()) {
      into.add(node);
      node.valueStream().forEach(child -> collect(child, into));
    }
  }

  private static String parent(String pointer) {
    return pointer.isEmpty() ? "" : pointer.substring(0, pointer.lastIndexOf('/'));
  }

  private DynamicTest meter(
      String name, String currency, String meter, String quantity, String expected) {
    return dynamicTest(
        name,
        () ->
            assertThat(
                    amount(
                        "{\"currency\": \"%s\", \"meter\": {%s}, \"quantity\": \"%s\"}"
                            .formatted(currency, meter, quantity)))
                .isEqualTo(expected));
  }

  private DynamicTest refused(String question, String pointer) {
    return dynamicTest(
        pointer + " of " + question.replaceAll("\\s+", " "),
        () -> {
          Answer answer = owner.post(PATH, question).expect(400);
          assertThat(answer.text("/code")).isEqualTo("request.invalid");
          assertThat(answer.json().get("errors").valueStream())
              .as(answer.raw())
              .extracting(error -> error.get("pointer").asString())
              .contains(pointer);
        });
  }

  private String amount(String question) {
    return ask(question).text("/amount");
  }

  private Answer ask(String question) {
    return owner.post(PATH, question).expect(200);
  }

  private Answer proration(String basis, String price, String... dates) {
    return ask(prorating(basis, dates).replace("\"1\"", "\"" + price + "\""));
  }

  private String tax(String currency, String fields) {
    Answer answer = ask(taxing(fields).replace("EUR", currency));
    return "%s + %s = %s"
        .formatted(answer.text("/net"), answer.text("/tax"), answer.text("/gross"));
  }

  private static String prorating(String basis, String... dates) {
    return """
        {"currency": "EUR", "proration": {"price": "1", "basis": "%s", "from": "%s", "to": "%s",
         "period_start": "%s", "period_end": "%s"}}"""
        .formatted(basis, dates[0], dates[1], dates[2], dates[3]);
  }

  private static String taxing(String fields) {
    return "{\"currency\": \"EUR\", \"tax\": {%s}}".formatted(fields);
  }

  private static String asking(String meter, String quantity) {
    return "{\"currency\": \"EUR\", \"meter\": %s, \"quantity\": %s}".formatted(meter, quantity);
  }

  private static String events(String meter, String events) {
    return "{\"currency\": \"EUR\", \"meter\": {%s}, \"events\": %s}".formatted(meter, events);
  }

  private static String tiers(String tiers) {
    return asking(
        "{\"pricing_model\": \"TIERED\", \"tier_mode\": \"VOLUME\", \"tiers\": [%s]}"
            .formatted(tiers),
        "\"1\"");
  }

  private static String unit(String price) {
    return "\"pricing_model\": \"METERED\", \"unit_price\": \"%s\"".formatted(price);
  }

  private static String packages(String rounding) {
    return """
        "pricing_model": "PACKAGE", "package_size": 3, "package_price": "10", "free_units": "3",
        "package_rounding": "%s"
        """
        .formatted(rounding);
  }
}
