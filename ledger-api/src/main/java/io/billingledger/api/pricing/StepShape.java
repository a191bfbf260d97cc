package io.billingledger.api.pricing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.billingledger.money.Fraction;
import io.billingledger.rating.Operand;
import io.billingledger.rating.Operation;
import io.billingledger.rating.Step;
import io.billingledger.rating.StepKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One line of a calculation: the operation done with the operands gives the result exactly. Numbers
 * are decimals, or fractions such as {@code 10/3} where no decimal is exact.
 *
 * @param step from 1
 * @param kind what the result is
 * @param tier from 1, where it is one tier's
 * @param event from 1, where it is one event's
 * @param rounding of ROUND: the mode; its second operand says to how many decimals
 * @param text the same for people
 */
@Schema(name = "ExplanationStep")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepShape(
    int step,
    StepKind kind,
    Integer tier,
    Integer event,
    Operation operation,
    List<OperandShape> operands,
    RoundingMode rounding,
    String result,
    String text) {

  /**
   * @param name the field that the value comes from, or what the earlier step gave
   * @param step whose result the value is; absent where it was given
   */
  @Schema(name = "ExplanationOperand")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record OperandShape(String name, String value, Integer step) {
    static OperandShape of(Operand operand) {
      return new OperandShape(operand.name(), operand.value().toString(), operand.step());
    }
  }

  public static StepShape of(Step step) {
    List<OperandShape> operands = step.operands().stream().map(OperandShape::of).toList();
    String result = result(step);
    return new StepShape(
        step.number(),
        step.kind(),
        step.tier(),
        step.event(),
        step.operation(),
        operands,
        step.rounding(),
        result,
        text(step, operands) + " = " + result);
  }

  /** A rounded amount with all its digits. */
  private static String result(Step step) {
    if (step.operation() != Operation.ROUND) {
      return step.result().toString();
    }
    Fraction decimals = step.operands().get(1).value();
    BigDecimal rounded =
        step.result().rounded(decimals.numerator().intValueExact(), RoundingMode.UNNECESSARY);
    return rounded.toPlainString();
  }

  private static String text(Step step, List<OperandShape> operands) {
    String first = operands.getFirst().value();
    String second = operands.getLast().value();
    return switch (step.operation()) {
      case ADD -> joined(operands, " + ");
      case SUBTRACT -> joined(operands, " − ");
      case MULTIPLY -> joined(operands, " × ");
      case DIVIDE -> joined(operands, " ÷ ");
      case PERCENT -> second + " % of " + first;
      case AT_LEAST -> "%s, at least %s".formatted(first, second);
      case AT_MOST -> "%s, at most %s".formatted(first, second);
      case CEILING -> first + " rounded up";
      case FLOOR -> first + " rounded down";
      case ROUND -> "%s to %s decimals, %s".formatted(first, second, step.rounding());
    };
  }

  private static String joined(List<OperandShape> operands, String sign) {
    return operands.stream().map(OperandShape::value).collect(Collectors.joining(sign));
  }
}
