package io.billingledger.collections;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.DunningPolicy;
import io.billingledger.collections.CollectionCommand.AdvanceCollection;
import io.billingledger.collections.CollectionEvent.NoticeRecorded;
import io.billingledger.collections.CollectionEvent.StageReached;
import io.billingledger.kernel.CollectionId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.time.LocalDays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** H is 2026-03-08 in New York, the day on which its clocks skip an hour. */
class DunningScheduleTest {
  private static final ZoneId ZONE = ZoneId.of("America/New_York");
  private static final LocalDate H = LocalDate.of(2026, 3, 8);
  private static final InvoiceId INVOICE = InvoiceId.derive("dunned");

  private CollectionState state = CollectionState.NONE;
  private final List<String> told = new ArrayList<>();

  @Test
  void eachStepComesOnItsDay() {
    live(DunningPolicy.DEFAULT, H.minusDays(7), H.plusDays(40));
    assertThat(told)
        .containsExactly(
            "2026-03-01T09:00 notice -7",
            "2026-03-05T09:00 notice -3",
            "2026-03-07T09:00 notice -1",
            "2026-03-08T00:00 PAST_DUE",
            "2026-03-08T09:00 notice 0",
            "2026-03-11T09:00 notice 3",
            "2026-03-15T00:00 SUSPENDED",
            "2026-04-07T00:00 TERMINATED");
  }

  @Test
  void afterAnOutageNothingIsDatedBackAndNobodyIsPunished() {
    CollectionTerms terms = terms(DunningPolicy.DEFAULT, H.minusDays(7));
    advance(terms, at(H.minusDays(7), 9, 0));
    told.clear();
    // Forty days later somebody starts the ledger again, at a quarter past ten.
    Instant back = at(H.plusDays(33), 10, 15);
    advance(terms, back);
    assertThat(told).containsExactly("2026-04-10T10:15 notice 3", "2026-04-10T10:15 PAST_DUE");
    runTo(terms, H.plusDays(90));
    assertThat(told).endsWith("2026-04-18T00:00 SUSPENDED", "2026-05-11T00:00 TERMINATED");
  }

  @Test
  void aTerminationNeedsASuspensionOfSevenDays() {
    DunningPolicy hasty = new DunningPolicy(7, 7, List.of(), LocalTime.of(9, 0), 0, 1, 2, 0);
    live(hasty, H.minusDays(7), H.plusDays(40));
    assertThat(told)
        .containsExactly(
            "2026-03-08T00:00 PAST_DUE",
            "2026-03-09T00:00 SUSPENDED",
            "2026-03-16T00:00 TERMINATED");
  }

  @Test
  void whatIsPastAtTheIssueIsNotSent() {
    live(DunningPolicy.DEFAULT, H.minusDays(2), H.plusDays(1));
    assertThat(told)
        .containsExactly(
            "2026-03-07T09:00 notice -1", "2026-03-08T00:00 PAST_DUE", "2026-03-08T09:00 notice 0");
  }

  @Test
  void anUndecidedProofHoldsTheNextStepBackWhereThePlanSaysSo() {
    DunningPolicy patient = new DunningPolicy(7, 7, List.of(), LocalTime.of(9, 0), 0, 7, 30, 3);
    CollectionTerms terms = terms(patient, H.minusDays(7));
    Instant handedIn = at(H.minusDays(1), 12, 0);
    assertThat(new DunningSchedule(terms, null, state.reached(), handedIn).next())
        .contains(at(H.plusDays(3), 0, 0));
    assertThat(new DunningSchedule(terms, null, state.reached(), null).next())
        .contains(at(H, 0, 0));
  }

  @Test
  void nothingHappensOnceTheInvoiceIsNotOpen() {
    CollectionTerms terms = terms(DunningPolicy.DEFAULT, H.minusDays(7));
    assertThat(
            state.decide(
                new AdvanceCollection(
                    CollectionId.of(INVOICE), terms, null, at(H.plusDays(50), 0, 0)),
                false))
        .hasSize(1);
  }

  private void live(DunningPolicy policy, LocalDate issued, LocalDate until) {
    runTo(terms(policy, issued), until);
  }

  private void runTo(CollectionTerms terms, LocalDate until) {
    DunningSchedule schedule =
        state.terms() == null ? DunningSchedule.of(terms) : state.schedule(null);
    for (var next = schedule.next();
        next.isPresent() && next.get().isBefore(LocalDays.startOf(until, ZONE));
        next = state.schedule(null).next()) {
      advance(terms, next.get());
    }
  }

  private void advance(CollectionTerms terms, Instant at) {
    AdvanceCollection command = new AdvanceCollection(CollectionId.of(INVOICE), terms, null, at);
    for (CollectionEvent event : state.decide(command, true)) {
      state = state.evolve(event);
      String when = at.atZone(ZONE).toLocalDateTime().toString();
      switch (event) {
        case NoticeRecorded e -> told.add(when + " notice " + e.offset());
        case StageReached e -> told.add(when + " " + e.stage());
        case CollectionEvent.CollectionOpened _ -> {}
      }
    }
  }

  private static CollectionTerms terms(DunningPolicy policy, LocalDate issued) {
    return new CollectionTerms(
        INVOICE,
        TenantId.derive("dunned"),
        SubscriptionId.derive("dunned"),
        LocalDays.startOf(issued, ZONE),
        LocalDays.startOf(H, ZONE),
        ZONE,
        policy,
        List.of());
  }

  private static Instant at(LocalDate date, int hour, int minute) {
    return LocalDays.at(date, LocalTime.of(hour, minute), ZONE);
  }
}
