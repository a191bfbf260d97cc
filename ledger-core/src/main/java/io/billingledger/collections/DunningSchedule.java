package io.billingledger.collections;

import io.billingledger.catalog.DunningPolicy;
import io.billingledger.time.LocalDays;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When the steps of a dunning are due. A step is due at the later of its date and its distance from
 * the previous step after that step really happened; termination needs a suspension of seven days.
 *
 * @param terms of the invoice
 * @param lastNotice the offset of the last notice recorded; null if none
 * @param reached when each stage was really reached
 * @param proofPendingSince when the oldest undecided proof came in; null if none
 */
public record DunningSchedule(
    CollectionTerms terms,
    Integer lastNotice,
    Map<Stage, Instant> reached,
    Instant proofPendingSince) {

  /** Before anything has happened. */
  public static DunningSchedule of(CollectionTerms terms) {
    return new DunningSchedule(terms, null, Map.of(), null);
  }

  /** When the next step of any kind is due; empty after the last one. */
  public Optional<Instant> next() {
    return Stream.concat(
            notices().stream().map(this::noticeTime), nextStage().map(this::stageTime).stream())
        .min(Instant::compareTo);
  }

  /** The latest notice that is due; those before it have been overtaken and are not sent. */
  Optional<Integer> noticeDue(Instant at) {
    return notices().stream()
        .filter(offset -> !noticeTime(offset).isAfter(at))
        .reduce((earlier, later) -> later);
  }

  Optional<Stage> stageDue(Instant at) {
    return nextStage().filter(stage -> !stageTime(stage).isAfter(at));
  }

  /** Ascending; not what was past when the invoice was issued, nor what was overtaken. */
  private List<Integer> notices() {
    return terms.policy().reminders().stream()
        .filter(offset -> lastNotice == null || offset > lastNotice)
        .filter(offset -> !noticeTime(offset).isBefore(terms.issuedAt()))
        .toList();
  }

  private Instant noticeTime(int offset) {
    return LocalDays.at(due().plusDays(offset), terms.policy().noticeTime(), terms.zone());
  }

  private Optional<Stage> nextStage() {
    return Arrays.stream(Stage.values()).filter(stage -> !reached.containsKey(stage)).findFirst();
  }

  private Instant stageTime(Stage stage) {
    DunningPolicy policy = terms.policy();
    int days = stage.daysAfterDue(policy);
    Instant when = LocalDays.startOf(due().plusDays(days), terms.zone());
    if (stage != Stage.PAST_DUE) {
      Stage before = Stage.values()[stage.ordinal() - 1];
      int distance = days - before.daysAfterDue(policy);
      int least =
          stage == Stage.TERMINATED
              ? Math.max(distance, DunningPolicy.SUSPENDED_BEFORE_TERMINATION_DAYS)
              : distance;
      when = later(when, afterDays(reached.get(before), least));
    }
    return proofPendingSince == null || policy.pauseForProofDays() == 0
        ? when
        : later(when, afterDays(proofPendingSince, policy.pauseForProofDays()));
  }

  /** So many whole local days after, at the beginning of a date. */
  private Instant afterDays(Instant instant, int days) {
    Instant start = LocalDays.nextStartOfDay(instant, terms.zone());
    return LocalDays.startOf(LocalDays.dateOf(start, terms.zone()).plusDays(days), terms.zone());
  }

  private LocalDate due() {
    return LocalDays.dateOf(terms.dueAt(), terms.zone());
  }

  private static Instant later(Instant left, Instant right) {
    return left.isAfter(right) ? left : right;
  }
}
