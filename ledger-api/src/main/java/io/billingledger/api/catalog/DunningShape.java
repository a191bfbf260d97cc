package io.billingledger.api.catalog;

import io.billingledger.api.error.ProblemException;
import io.billingledger.catalog.DunningPolicy;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalTime;
import java.util.List;

/**
 * When money is asked for and what happens while it does not come, in local days relative to H, the
 * invoice's due date. In a request, what is left out stays as it is by default.
 *
 * @param reminders offsets of the notices, ascending; negative is before H
 * @param noticeTime local time of day at which notices go out
 */
@Schema(name = "Dunning")
record DunningShape(
    @Min(0) @Max(3660) Integer issueDaysBefore,
    @Min(0) @Max(3660) Integer paymentDays,
    @Size(max = 50) List<@NotNull @Min(-3660) @Max(3660) Integer> reminders,
    LocalTime noticeTime,
    @Min(0) @Max(3660) Integer pastDueAfter,
    @Min(0) @Max(3660) Integer suspendAfter,
    @Min(0) @Max(3660) Integer terminateAfter,
    @Min(0) @Max(3660) Integer pauseForProofDays) {

  static DunningShape of(DunningPolicy policy) {
    return new DunningShape(
        policy.issueDaysBefore(),
        policy.paymentDays(),
        policy.reminders(),
        policy.noticeTime(),
        policy.pastDueAfter(),
        policy.suspendAfter(),
        policy.terminateAfter(),
        policy.pauseForProofDays());
  }

  DunningPolicy over(DunningPolicy base) {
    try {
      return new DunningPolicy(
          or(issueDaysBefore, base.issueDaysBefore()),
          or(paymentDays, base.paymentDays()),
          or(reminders, base.reminders()),
          or(noticeTime, base.noticeTime()),
          or(pastDueAfter, base.pastDueAfter()),
          or(suspendAfter, base.suspendAfter()),
          or(terminateAfter, base.terminateAfter()),
          or(pauseForProofDays, base.pauseForProofDays()));
    } catch (IllegalArgumentException refused) {
      throw ProblemException.body("/dunning", refused.getMessage());
    }
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
