package io.billingledger.rating;

import io.billingledger.money.Fraction;
import java.math.RoundingMode;
import java.util.List;

/**
 * One line of a calculation. Whoever does the operation with the operands gets the result exactly;
 * the last step's result is the amount.
 *
 * @param number from 1
 * @param tier from 1; null where no tier is concerned
 * @param event from 1; null where no single event is concerned
 * @param rounding only in {@code ROUND}
 */
public record Step(
    int number,
    StepKind kind,
    Integer tier,
    Integer event,
    Operation operation,
    List<Operand> operands,
    RoundingMode rounding,
    Fraction result) {

  public Step {
    operands = List.copyOf(operands);
  }
}
