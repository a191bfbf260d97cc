package io.billingledger.api.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Worked examples that others have published, asked of the running calculator. */
@LedgerTest
class ConformanceTest {
  @LocalServerPort private int port;

  @TestFactory
  Stream<DynamicTest> everyExample() {
    return Stream.of("worked-examples", "more-examples")
        .flatMap(file -> examples(file).valueStream())
        .map(example -> dynamicTest(name(example), () -> check(example)));
  }

  private void check(JsonNode example) {
    Answer answer =
        ApiClient.owner(port).post("/api/pricing/quotes", request(example).toString()).expect(200);
    String field =
        switch (example.get("kind").asString()) {
          case "ratioFixed30" -> "/ratio";
          case "taxExclusive", "taxInclusiveRoundNet", "taxInclusiveRoundTax" -> "/tax";
          default -> "/amount";
        };
    assertThat(new BigDecimal(answer.text(field)))
        .as(answer.raw())
        .isEqualByComparingTo(example.get("expect").asString());
  }

  private static ObjectNode request(JsonNode example) {
    ObjectNode request = Json.mapper().createObjectNode().put("currency", "USD");
    switch (example.get("kind").asString()) {
      case "volume" -> tiered(request, example, "VOLUME");
      case "graduated" -> tiered(request, example, "GRADUATED");
      case "package" -> packages(request, example);
      case "proration" -> proration(request, example, "ACTUAL_DAYS");
      case "prorationFixed30", "ratioFixed30" -> proration(request, example, "FIXED_30");
      case "taxExclusive" -> tax(request, example, "base", "EXCLUSIVE", "TAX");
      case "taxInclusiveRoundTax" -> tax(request, example, "gross", "INCLUSIVE", "TAX");
      case "taxInclusiveRoundNet" -> tax(request, example, "gross", "INCLUSIVE", "NET");
      default -> throw new AssertionError("a kind that nobody has mapped: " + example);
    }
    return request;
  }

  private static void tiered(ObjectNode request, JsonNode example, String mode) {
    request.set("quantity", example.get("quantity"));
    ObjectNode meter =
        request.putObject("meter").put("pricing_model", "TIERED").put("tier_mode", mode);
    ArrayNode tiers = meter.putArray("tiers");
    for (JsonNode tier : example.get("tiers")) {
      ObjectNode one = tiers.addObject();
      one.set("up_to", tier.get("upTo"));
      one.set("unit_price", tier.get("unit"));
      one.set("flat_fee", tier.get("flat"));
    }
  }

  private static void packages(ObjectNode request, JsonNode example) {
    request.set("quantity", example.get("quantity"));
    ObjectNode meter = request.putObject("meter").put("pricing_model", "PACKAGE");
    meter.set("package_size", example.get("size"));
    meter.set("package_price", example.get("price"));
    if (example.has("free")) {
      meter.set("free_units", example.get("free"));
    }
  }

  private static void proration(ObjectNode request, JsonNode example, String basis) {
    ObjectNode proration = request.putObject("proration").put("basis", basis);
    proration.put("price", example.path("price").asString("1"));
    proration.set("from", example.get("from"));
    proration.set("to", example.get("to"));
    if (example.has("periodFrom")) {
      proration.set("period_start", example.get("periodFrom"));
      proration.set("period_end", example.get("periodTo"));
    }
  }

  private static void tax(
      ObjectNode request, JsonNode example, String amount, String behaviour, String rounding) {
    ObjectNode tax = request.putObject("tax");
    tax.set(amount, example.get(amount));
    tax.set("rate_percent", example.get("ratePercent"));
    tax.put("behaviour", behaviour).put("rounding", rounding);
  }

  private static String name(JsonNode example) {
    return example.get("id").asString() + " " + example.get("kind").asString();
  }

  private static JsonNode examples(String file) {
    String resource = "/conformance/" + file + ".json";
    try (InputStream json = ConformanceTest.class.getResourceAsStream(resource)) {
      return Json.mapper().readTree(json).get("examples");
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
