package io.billingledger.api.subscription;

import io.billingledger.view.subscription.CycleRow;
import io.billingledger.view.subscription.CycleStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A cycle of a subscription; number 0 is its trial.
 *
 * @param status INVOICED before it begins, OPEN while it runs, CLOSED after
 * @param invoiceId null for a trial
 * @param startedAt when it really turned, which may be after its period began; null if it never did
 */
@Schema(name = "Cycle")
record CycleResource(
    int cycleNo,
    LocalDate periodStart,
    LocalDate periodEnd,
    CycleStatus status,
    String planCode,
    int planVersion,
    String invoiceId,
    boolean settled,
    Instant startedAt,
    Instant closedAt) {

  static CycleResource of(CycleRow row) {
    return new CycleResource(
        row.cycleNo(),
        row.period().start(),
        row.period().end(),
        row.status(),
        row.planCode(),
        row.planVersion(),
        row.invoiceId(),
        row.settled(),
        row.startedAt(),
        row.closedAt());
  }
}
