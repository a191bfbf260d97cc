package io.billingledger.catalog;

import io.billingledger.kernel.Rejected;
import java.time.LocalDate;

/** Answers what a plan costs on a date, from the catalogue's own history. */
public interface PriceBook {
  /**
   * The version in force on a date; the first version for dates before it.
   *
   * @throws Rejected {@code plan.unknown}
   */
  PlanSnapshot inForce(String planCode, LocalDate on);

  /**
   * What a subscription that has the given version gets for a cycle that begins on the date: the
   * latest version that reaches everybody, or the one it has.
   *
   * @throws Rejected {@code plan.unknown}
   */
  PlanSnapshot renewing(String planCode, int version, LocalDate on);

  /**
   * Exactly this version.
   *
   * @throws Rejected {@code plan.unknown}
   */
  PlanSnapshot version(String planCode, int version);
}
