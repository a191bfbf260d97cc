package io.billingledger.rating;

import io.billingledger.money.Fraction;
import java.math.BigDecimal;

/**
 * A number that a step uses.
 *
 * @param name the field of the price that it comes from, {@code quantity}, {@code event}, or what
 *     the earlier step gave
 * @param step whose result it is; null if it was given
 */
public record Operand(String name, Fraction value, Integer step) {

  static Operand given(String name, Fraction value) {
    return new Operand(name, value, null);
  }

  static Operand given(String name, BigDecimal value) {
    return given(name, Fraction.of(value));
  }
}
