package io.billingledger.catalog;

import java.time.LocalTime;
import java.util.List;

/**
 * When money is asked for and what happens while it does not come. All numbers are local days
 * relative to H, the invoice's due date ({@code T05}, {@code T03}, {@code H10}).
 *
 * @param issueDaysBefore a renewal invoice is issued this many days before H
 * @param paymentDays days to pay when an invoice is issued at or after its period's start
 * @param reminders offsets of the notices, ascending; negative is before H
 * @param noticeTime local time of day at which notices go out
 * @param pastDueAfter days after H until the subscription is past due and the tenant read-only
 * @param suspendAfter days after H until the subscription is suspended
 * @param terminateAfter days after H until it ends and the invoice is written off
 * @param pauseForProofDays for how many whole local days an undecided proof of payment holds the
 *     next step back
 */
public record DunningPolicy(
    int issueDaysBefore,
    int paymentDays,
    List<Integer> reminders,
    LocalTime noticeTime,
    int pastDueAfter,
    int suspendAfter,
    int terminateAfter,
    int pauseForProofDays) {

  public static final DunningPolicy DEFAULT =
      new DunningPolicy(7, 7, List.of(-7, -3, -1, 0, 3), LocalTime.of(9, 0), 0, 7, 30, 0);

  /** A suspension must be this old before it may end in termination, whatever the plan says. */
  public static final int SUSPENDED_BEFORE_TERMINATION_DAYS = 7;

  public DunningPolicy {
    reminders = List.copyOf(reminders);
    if (issueDaysBefore < 0 || paymentDays < 0 || pauseForProofDays < 0) {
      throw new IllegalArgumentException("days are not negative");
    }
    if (pastDueAfter < 0 || suspendAfter < pastDueAfter || terminateAfter < suspendAfter) {
      throw new IllegalArgumentException(
          "past due, suspension and termination follow each other from H on");
    }
    if (!reminders.equals(reminders.stream().distinct().sorted().toList())) {
      throw new IllegalArgumentException("reminders are ascending and distinct");
    }
  }
}
