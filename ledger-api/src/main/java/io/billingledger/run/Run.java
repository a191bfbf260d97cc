package io.billingledger.run;

import io.billingledger.kernel.RunId;
import io.billingledger.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A run as it stands.
 *
 * @param tenantIds null for everybody
 * @param position of the last event that a reconciliation looked at; null otherwise
 * @param total null until it is known
 * @param worked how long the present process has been at it, in real time
 * @param doneBefore what earlier processes had done
 * @param detail why it failed or was stopped; null otherwise
 */
public record Run(
    RunId id,
    RunKind kind,
    RunStatus status,
    Instant asOf,
    boolean dryRun,
    List<TenantId> tenantIds,
    String requestedBy,
    Instant requestedAt,
    Instant startedAt,
    Instant finishedAt,
    Long position,
    Long total,
    long done,
    long failed,
    long doneBefore,
    Duration worked,
    String detail) {

  /** One thing to be looked at, and what came of it; the outcome is null before. */
  public record Item(
      int number, TenantId tenantId, String subjectId, RunOutcome outcome, String detail) {

    Item with(RunOutcome newOutcome, String newDetail) {
      return new Item(number, tenantId, subjectId, newOutcome, newDetail);
    }
  }

  /**
   * What a reconciliation found.
   *
   * @param amounts decimal texts by currency; empty where no money is involved
   * @param ids the first hundred of them
   */
  public record Check(
      String name, CheckStatus status, long count, Map<String, String> amounts, List<String> ids) {}
}
