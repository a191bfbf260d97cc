package io.billingledger.catalog;

import org.joda.money.Money;

/**
 * How a plan bills usage.
 *
 * @param graceDays so many days after a period's end its usage is cut off and billed; a record that
 *     arrives until then still belongs to it
 * @param trialBalance what usage of the trial draws down, at the plan's prices, before any of it is
 *     billable; null where usage of the trial is free
 */
public record UsageTerms(int graceDays, Money trialBalance) {
  public static final UsageTerms DEFAULT = new UsageTerms(1, null);
}
