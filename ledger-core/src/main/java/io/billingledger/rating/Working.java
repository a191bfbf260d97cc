package io.billingledger.rating;

import io.billingledger.money.Fraction;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Computes, and writes down each step while it does: what is explained is what was done, never a
 * second calculation.
 */
final class Working {
  private static final Fraction HUNDRED = Fraction.of(100);

  /** Where in the price a step is. */
  record Place(Integer tier, Integer event) {
    static final Place ANYWHERE = new Place(null, null);

    static Place tier(int index) {
      return new Place(index + 1, null);
    }

    static Place event(int index) {
      return new Place(null, index + 1);
    }
  }

  private final List<Step> steps = new ArrayList<>();

  List<Step> steps() {
    return List.copyOf(steps);
  }

  Operand step(StepKind kind, Place place, Operation operation, Operand... operands) {
    return step(kind, place, operation, List.of(operands));
  }

  Operand step(StepKind kind, Place place, Operation operation, List<Operand> operands) {
    Fraction first = operands.getFirst().value();
    Fraction result =
        switch (operation) {
          case ADD -> operands.stream().map(Operand::value).reduce(Fraction::plus).orElseThrow();
          case SUBTRACT -> first.minus(second(operands));
          case MULTIPLY -> first.times(second(operands));
          case DIVIDE -> first.dividedBy(second(operands));
          case PERCENT -> first.times(second(operands)).dividedBy(HUNDRED);
          case AT_LEAST -> first.compareTo(second(operands)) < 0 ? second(operands) : first;
          case AT_MOST -> first.compareTo(second(operands)) > 0 ? second(operands) : first;
          case CEILING -> Fraction.of(first.rounded(0, RoundingMode.CEILING));
          case FLOOR -> Fraction.of(first.rounded(0, RoundingMode.FLOOR));
          case ROUND -> throw new IllegalArgumentException("rounding needs a mode");
        };
    return write(kind, place, operation, operands, null, result);
  }

  /** The sum, without a step where there is nothing to add. */
  Operand sum(StepKind kind, Place place, List<Operand> operands) {
    return switch (operands.size()) {
      case 0 -> Operand.given("nothing", Fraction.ZERO);
      case 1 -> operands.getFirst();
      default -> step(kind, place, Operation.ADD, operands);
    };
  }

  Operand round(Operand exact, int decimals, RoundingMode mode) {
    return write(
        StepKind.AMOUNT,
        Place.ANYWHERE,
        Operation.ROUND,
        List.of(exact, Operand.given("decimals", Fraction.of(decimals))),
        mode,
        Fraction.of(exact.value().rounded(decimals, mode)));
  }

  private Operand write(
      StepKind kind,
      Place place,
      Operation operation,
      List<Operand> operands,
      RoundingMode mode,
      Fraction result) {
    int number = steps.size() + 1;
    steps.add(
        new Step(number, kind, place.tier(), place.event(), operation, operands, mode, result));
    return new Operand(kind.name().toLowerCase(Locale.ROOT), result, number);
  }

  private static Fraction second(List<Operand> operands) {
    return operands.get(1).value();
  }
}
