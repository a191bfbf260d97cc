package io.billingledger.subscription;

import java.util.List;

/**
 * That a period's usage is billed once more, because some of it came late and its meter says {@code
 * CREDIT_AND_REBILL}.
 *
 * @param round from 1; each has a cut-off of its own
 * @param metrics whose meters are billed again; null for all that the period charges
 */
public record BilledAgain(int round, List<String> metrics) {
  public BilledAgain {
    metrics = metrics == null ? null : List.copyOf(metrics);
  }
}
