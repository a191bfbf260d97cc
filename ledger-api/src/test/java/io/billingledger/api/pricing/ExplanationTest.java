package io.billingledger.api.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.api.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whoever does the printed arithmetic again gets the amount: from nothing but the JSON that is
 * answered, with arithmetic of this test's own, for random prices of every model.
 */
class ExplanationTest {
  private static final int CASES = Integer.getInteger("cases", 20_000);

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void thePrintedStepsGiveTheAmount() {
    System.out.println("ExplanationTest seed " + seed + ", " + CASES + " cases");
    for (int i = 0; i < CASES; i++) {
      ObjectNode asked = question();
      String printed = answer(asked.toString());
      String amount = redone(Json.mapper().readTree(printed), numbers(asked));
      if (!amount.equals(Json.mapper().readTree(printed).get("amount").asString())) {
        throw new AssertionError(
            "seed %d, case %d: %s for %s, but the steps give %s"
                .formatted(seed, i, printed, asked, amount));
      }
    }
  }

  @Test
  void aWrongStepIsNoticed() {
    String printed =
        answer(
            """
            {"currency": "USD", "quantity": "11", "meter": {"pricing_model": "METERED",
             "unit_price": "0.05"}}""");
    String wrong = printed.replace("\"result\":\"0.55\"", "\"result\":\"0.56\"");
    assertThat(wrong).isNotEqualTo(printed);
    Set<Ratio> given = Set.of(Ratio.of("11"), Ratio.of("0.05"));
    assertThatThrownBy(() -> redone(Json.mapper().readTree(wrong), given))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void theStepsReadLikeACalculation() {
    JsonNode answer =
        Json.mapper()
            .readTree(
                answer(
                    """
                    {"currency": "USD", "quantity": "11", "meter": {"pricing_model": "TIERED",
                     "tier_mode": "GRADUATED", "tiers": [
                       {"up_to": 10, "unit_price": "10", "flat_fee": "2"},
                       {"up_to": null, "unit_price": "5", "flat_fee": "3"}]}}"""));
    assertThat(answer.get("explanation").valueStream().map(step -> step.get("text").asString()))
        .containsExactly(
            "10 × 10 = 100",
            "100 + 2 = 102",
            "11 − 10 = 1",
            "1 × 5 = 5",
            "5 + 3 = 8",
            "102 + 8 = 110",
            "110 to 2 decimals, HALF_UP = 110.00");
    JsonNode fourth = answer.at("/explanation/3");
    assertThat(fourth.get("kind").asString()).isEqualTo("TIER_CHARGE");
    assertThat(fourth.get("tier").intValue()).isEqualTo(2);
    assertThat(fourth.at("/operands/0/step").intValue()).isEqualTo(3);
    assertThat(fourth.at("/operands/1/name").asString()).isEqualTo("unit_price");
    assertThat(answer.at("/engine_version").asString()).isEqualTo("v1");
  }

  private static String answer(String question) {
    return Json.mapper()
        .writeValueAsString(Json.mapper().readValue(question, QuoteRequest.class).answer());
  }

  /**
   * Does every step again.
   *
   * @param given the numbers of the question: no step may use another one that it does not say the
   *     source of
   */
  private static String redone(JsonNode answer, Set<Ratio> given) {
    List<Ratio> results = new ArrayList<>();
    String last = null;
    for (JsonNode step : answer.get("explanation")) {
      assertThat(step.get("step").intValue()).isEqualTo(results.size() + 1);
      List<Ratio> operands = new ArrayList<>();
      for (JsonNode operand : step.get("operands")) {
        Ratio value = Ratio.of(operand.get("value").asString());
        if (operand.has("step")) {
          assertThat(value).isEqualTo(results.get(operand.get("step").intValue() - 1));
        } else if (!Set.of("zero", "nothing", "decimals").contains(operand.get("name").asString())
            && !given.contains(value)) {
          // The quantity is the sum of events, and what is free of an event what is left of it.
          assertThat(operand.get("name").asString()).isIn("quantity", "free_amount");
        }
        operands.add(value);
      }
      Ratio first = operands.getFirst();
      Ratio second = operands.getLast();
      last = step.get("result").asString();
      Ratio expected =
          switch (step.get("operation").asString()) {
            case "ADD" -> operands.stream().reduce(Ratio::plus).orElseThrow();
            case "SUBTRACT" -> first.plus(second.times(Ratio.of("-1")));
            case "MULTIPLY" -> first.times(second);
            case "DIVIDE" -> first.times(second.inverse());
            case "PERCENT" -> first.times(second).times(Ratio.of("1/100"));
            case "AT_LEAST" -> first.isLess(second) ? second : first;
            case "AT_MOST" -> first.isLess(second) ? first : second;
            case "CEILING" -> first.whole(RoundingMode.CEILING);
            case "FLOOR" -> first.whole(RoundingMode.FLOOR);
            case "ROUND" ->
                first.rounded(
                    second.above().intValueExact(),
                    RoundingMode.valueOf(step.get("rounding").asString()));
            default -> throw new AssertionError("an operation that nobody knows: " + step);
          };
      assertThat(Ratio.of(last)).as(step.toString()).isEqualTo(expected);
      results.add(expected);
    }
    return last;
  }

  /** A number by its own arithmetic: two whole numbers without a common divisor. */
  private record Ratio(BigInteger above, BigInteger below) {
    Ratio {
      BigInteger common = above.gcd(below).multiply(BigInteger.valueOf(below.signum()));
      above = above.divide(common);
      below = below.divide(common);
    }

    static Ratio of(String text) {
      String[] parts = text.split("/");
      BigDecimal decimal = new BigDecimal(parts[0]);
      Ratio whole =
          new Ratio(decimal.unscaledValue(), BigInteger.TEN.pow(Math.max(0, decimal.scale())));
      return parts.length == 1 ? whole : whole.times(of(parts[1]).inverse());
    }

    Ratio plus(Ratio other) {
      return new Ratio(
          above.multiply(other.below).add(other.above.multiply(below)),
          below.multiply(other.below));
    }

    Ratio times(Ratio other) {
      return new Ratio(above.multiply(other.above), below.multiply(other.below));
    }

    Ratio inverse() {
      return new Ratio(below, above);
    }

    boolean isLess(Ratio other) {
      return above.multiply(other.below).compareTo(other.above.multiply(below)) < 0;
    }

    Ratio whole(RoundingMode mode) {
      return rounded(0, mode);
    }

    Ratio rounded(int decimals, RoundingMode mode) {
      return of(
          new BigDecimal(above).divide(new BigDecimal(below), decimals, mode).toPlainString());
    }
  }

  private ObjectNode question() {
    ObjectNode asked = Json.mapper().createObjectNode();
    asked.put("currency", pick("USD", "JPY", "KWD", "IDR"));
    ObjectNode meter = asked.putObject("meter");
    String model =
        pick("FLAT", "METERED", "TIERED", "PACKAGE", "PERCENTAGE", "GRADUATED_PERCENTAGE");
    meter.put("pricing_model", model);
    switch (model) {
      case "FLAT" -> meter.put("unit_price", decimal(5));
      case "METERED" -> {
        meter.put("unit_price", decimal(7));
        maybe(meter, "included_units", 3);
        maybe(meter, "overage_unit_price", 6);
      }
      case "TIERED" -> {
        meter.put("tier_mode", pick("GRADUATED", "VOLUME"));
        tiers(meter.putArray("tiers"), "unit_price");
      }
      case "PACKAGE" -> {
        meter.put("package_size", random.nextInt(1, 50));
        meter.put("package_price", decimal(4));
        meter.put("package_rounding", pick("UP", "DOWN", "EXACT"));
        maybe(meter, "free_units", 2);
      }
      case "PERCENTAGE" -> {
        meter.put("rate_percent", decimal(3));
        maybe(meter, "fixed_fee", 2);
        maybe(meter, "free_amount", 2);
        if (random.nextBoolean()) {
          meter.put("free_events", random.nextInt(4));
        }
        if (random.nextBoolean()) {
          meter.put("event_minimum", "0." + random.nextInt(10));
          meter.put("event_maximum", Integer.toString(random.nextInt(1, 9)));
        }
      }
      case "GRADUATED_PERCENTAGE" -> tiers(meter.putArray("tiers"), "rate_percent");
      default -> throw new AssertionError(model);
    }
    if (random.nextInt(3) == 0) {
      meter.put("minimum", decimal(2));
    }
    if (random.nextInt(3) == 0) {
      meter.put("maximum", Integer.toString(random.nextInt(10, 60)));
    }
    if (random.nextBoolean()) {
      asked.put("quantity", decimal(random.nextInt(4)));
    } else {
      ArrayNode events = asked.putArray("events");
      for (int k = random.nextInt(5); k > 0; k--) {
        events.add(decimal(2));
      }
    }
    return asked;
  }

  private void tiers(ArrayNode tiers, String price) {
    int end = 0;
    for (int k = random.nextInt(4); k > 0; k--) {
      end += random.nextInt(1, 40);
      ObjectNode tier = tiers.addObject().put("up_to", end).put(price, decimal(5));
      maybe(tier, "flat_fee", 2);
    }
    tiers.addObject().putNull("up_to").put(price, decimal(5));
  }

  private void maybe(ObjectNode into, String field, int decimals) {
    if (random.nextBoolean()) {
      into.put(field, decimal(decimals));
    }
  }

  /** Between 0 and 10, without zeros at its end. */
  private String decimal(int decimals) {
    return BigDecimal.valueOf(random.nextInt(0, 1_000_000), 5)
        .setScale(decimals, RoundingMode.DOWN)
        .stripTrailingZeros()
        .toPlainString();
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static Set<Ratio> numbers(JsonNode asked) {
    Set<Ratio> numbers = new HashSet<>();
    collect(asked, numbers);
    return numbers;
  }

  private static void collect(JsonNode node, Set<Ratio> into) {
    if (node.isValueNode() && node.asString().matches("[0-9.]+")) {
      into.add(Ratio.of(node.asString()));
    }
    node.valueStream().forEach(child -> collect(child, into));
  }
}
