package io.billingledger.rating;

/** What a step does with its operands, from left to right. */
public enum Operation {
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  /** The first operand, so many hundredths of it as the second says. */
  PERCENT,
  /** The larger one. */
  AT_LEAST,
  /** The smaller one. */
  AT_MOST,
  /** The next whole number that is not less. */
  CEILING,
  /** The next whole number that is not more. */
  FLOOR,
  /** The first operand to as many decimals as the second says, in the step's rounding mode. */
  ROUND
}
