package io.billingledger.saga.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.Activation;
import io.billingledger.invoice.AfterVoid;
import io.billingledger.invoice.Consolidations;
import io.billingledger.invoice.InvoiceCommand.CreditUnused;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceCommand.WithdrawInvoice;
import io.billingledger.invoice.InvoiceEvent.CycleReleased;
import io.billingledger.invoice.InvoiceEvent.InvoiceSettled;
import io.billingledger.invoice.InvoiceEvent.InvoiceVoided;
import io.billingledger.invoice.InvoiceEvent.InvoiceWrittenOff;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PlanChangeId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.money.Fraction;
import io.billingledger.subscription.CancelReason;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.subscription.SubscriptionCommand.AdvanceSubscription;
import io.billingledger.subscription.SubscriptionCommand.ReplaceCycleInvoice;
import io.billingledger.subscription.SubscriptionCommand.SettleCycle;
import io.billingledger.subscription.SubscriptionCommand.WaiveCycle;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceWithdrawn;
import io.billingledger.subscription.SubscriptionEvent.CycleStarted;
import io.billingledger.subscription.SubscriptionEvent.PlanChanged;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCanceled;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCreated;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionTerminated;
import io.billingledger.subscription.UnusedPart;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.tenant.SubscriptionStanding;
import io.billingledger.tenant.TenantCommand.NoteSubscription;
import io.billingledger.time.BillingPeriod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.axonframework.test.saga.SagaTestFixture;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class RenewalSagaTest {
  private static final Instant T0 = Instant.parse("2026-01-31T03:00:00Z");
  private static final Instant WAKE = Instant.parse("2026-02-22T17:00:00Z");
  private static final SubscriptionId ID = SubscriptionId.derive("saga");
  private static final TenantId TENANT = TenantId.derive("saga");
  private static final InvoiceId INVOICE = InvoiceId.derive(ID, 2, 1);
  private static final BillingPeriod PERIOD =
      new BillingPeriod(LocalDate.of(2026, 3, 2), LocalDate.of(2026, 4, 1));

  private final List<Object> sent = new ArrayList<>();
  private final Set<SubscriptionId> collected = new HashSet<>();
  private final SagaTestFixture<RenewalSaga> saga = new SagaTestFixture<>(RenewalSaga.class);
  private Optional<Instant> nextWake = Optional.of(WAKE);

  RenewalSagaTest() {
    saga.registerResource(
        new Commands() {
          @Override
          @SuppressWarnings("unchecked")
          public <R> R send(Object command, Actor actor) {
            assertThat(actor).isEqualTo(RenewalSaga.ACTOR);
            sent.add(command);
            return command instanceof AdvanceSubscription ? (R) nextWake : null;
          }
        });
    saga.registerResource(
        new Consolidations() {
          @Override
          public void add(CycleInvoiceRequested wanted) {
            collected.add(wanted.subscriptionId());
          }

          @Override
          public boolean remove(InvoiceId invoice, SubscriptionId subscription) {
            return collected.remove(subscription);
          }
        });
    saga.registerResource(Clock.fixed(T0, ZoneOffset.UTC));
    saga.givenCurrentTime(T0);
  }

  @Test
  void asksTheSubscriptionWhenToWakeIt() {
    saga.givenNoPriorActivity()
        .whenPublishingA(created())
        .expectActiveSagas(1)
        .expectScheduledDeadlineWithName(Duration.between(T0, WAKE), RenewalSaga.DEADLINE);
    assertThat(sent)
        .containsExactly(
            new NoteSubscription(TENANT, ID, SubscriptionStanding.WAITING, T0),
            new AdvanceSubscription(ID, T0));
  }

  @Test
  void wakesItThenAndSchedulesWhatItAnswers() {
    var asleep = saga.givenAPublished(created());
    nextWake = Optional.empty();
    asleep
        .whenTimeElapses(Duration.between(T0, WAKE))
        .expectActiveSagas(1)
        .expectNoScheduledDeadlines();
    assertThat(sent).last().isEqualTo(new AdvanceSubscription(ID, T0));
    assertThat(sent).filteredOn(AdvanceSubscription.class::isInstance).hasSize(2);
  }

  @Test
  void aWakeThatMovesReplacesTheOldOne() {
    Instant later = WAKE.plus(Duration.ofDays(30));
    saga.givenAPublished(created());
    nextWake = Optional.of(later);
    saga.whenPublishingA(started())
        .expectScheduledDeadlineWithName(Duration.between(T0, later), RenewalSaga.DEADLINE);
  }

  @Test
  void hasAWantedInvoiceIssuedAndAnUnwantedOneWithdrawn() {
    saga.givenAPublished(created())
        .andThenAPublished(requested())
        .whenPublishingA(new CycleInvoiceWithdrawn(ID, INVOICE, 2, "the plan changes to pro", T0));
    assertThat(sent)
        .contains(
            IssueInvoice.of(requested(), T0),
            new WithdrawInvoice(INVOICE, ID, "the plan changes to pro", T0));
  }

  @Test
  void leavesARequestThatOthersMayShareToBeCollected() {
    saga.givenAPublished(created())
        .andThenAPublished(requested(InvoiceReason.RENEWAL, true))
        .whenPublishingA(new CycleInvoiceWithdrawn(ID, INVOICE, 2, "enough", T0));
    assertThat(collected).isEmpty();
    assertThat(sent)
        .noneMatch(IssueInvoice.class::isInstance)
        .noneMatch(WithdrawInvoice.class::isInstance);
  }

  @Test
  void whatWasCollectedAndIssuedIsWithdrawnFromTheInvoice() {
    var issued =
        saga.givenAPublished(created()).andThenAPublished(requested(InvoiceReason.RENEWAL, true));
    assertThat(collected).containsExactly(ID);
    collected.clear();
    issued.whenPublishingA(new CycleInvoiceWithdrawn(ID, INVOICE, 2, "enough", T0));
    assertThat(sent).contains(new WithdrawInvoice(INVOICE, ID, "enough", T0));
  }

  @Test
  void whatIsReleasedFromAnInvoiceOfSeveralIsAskedForAgainOrWaived() {
    saga.givenAPublished(created())
        .andThenAPublished(new CycleReleased(INVOICE, ID, 2, AfterVoid.REISSUE, "wrong", T0))
        .andThenAPublished(new CycleReleased(INVOICE, ID, 2, AfterVoid.WAIVE, "a gift", T0))
        .whenPublishingA(new CycleReleased(INVOICE, ID, 2, AfterVoid.NOTHING, "enough", T0));
    assertThat(sent)
        .filteredOn(
            command -> command instanceof ReplaceCycleInvoice || command instanceof WaiveCycle)
        .containsExactly(new ReplaceCycleInvoice(ID, INVOICE, T0), new WaiveCycle(ID, INVOICE, T0));
  }

  @Test
  void aRedeliveredRequestAsksForTheSameInvoice() {
    saga.givenAPublished(created()).andThenAPublished(requested()).whenPublishingA(requested());
    assertThat(sent)
        .filteredOn(IssueInvoice.class::isInstance)
        .hasSize(2)
        .allMatch(IssueInvoice.of(requested(), T0)::equals);
  }

  @Test
  void carriesWhatBecameOfTheInvoiceBackToTheSubscription() {
    saga.givenAPublished(created())
        .andThenAPublished(new InvoiceSettled(INVOICE, ID, 2, T0))
        .andThenAPublished(voided(AfterVoid.REISSUE))
        .andThenAPublished(voided(AfterVoid.WAIVE))
        .whenPublishingA(voided(AfterVoid.NOTHING));
    assertThat(sent)
        .contains(
            new SettleCycle(ID, INVOICE, T0),
            new ReplaceCycleInvoice(ID, INVOICE, T0),
            new WaiveCycle(ID, INVOICE, T0));
  }

  @Test
  void endsWithTheSubscription() {
    var running = saga.givenAPublished(created());
    nextWake = Optional.empty();
    running.whenPublishingA(canceled()).expectActiveSagas(0).expectNoScheduledDeadlines();
    assertThat(sent).contains(new NoteSubscription(TENANT, ID, SubscriptionStanding.ENDED, T0));
  }

  @Test
  void tellsTheTenantOfATermination() {
    var running = saga.givenAPublished(created());
    nextWake = Optional.empty();
    running
        .whenPublishingA(new SubscriptionTerminated(ID, INVOICE, T0, List.of()))
        .expectActiveSagas(0);
    assertThat(sent)
        .contains(new NoteSubscription(TENANT, ID, SubscriptionStanding.TERMINATED, T0));
  }

  @Test
  void givesBackWhatIsUnusedBeforeTheInvoiceForTheRestIsIssued() {
    List<UnusedPart> unused = List.of(new UnusedPart(INVOICE, Fraction.parse("1/3")));
    PlanChangeId change = PlanChangeId.derive("now");
    saga.givenAPublished(created())
        .andThenAPublished(new PlanChanged(ID, change, "pro", 1, PERIOD.start(), null, unused, T0))
        .andThenAPublished(requested(InvoiceReason.CHANGE))
        .whenPublishingA(
            new SubscriptionCanceled(ID, CancelReason.REQUESTED, null, T0, List.of(), unused));
    assertThat(sent)
        .filteredOn(command -> !(command instanceof AdvanceSubscription))
        .containsSubsequence(
            new CreditUnused(
                INVOICE, change.value(), Fraction.parse("1/3"), "the plan changes to pro", T0),
            IssueInvoice.of(requested(InvoiceReason.CHANGE), T0),
            new CreditUnused(
                INVOICE, "canceled", Fraction.parse("1/3"), "the subscription is canceled", T0));
  }

  @Test
  void staysForTheInvoiceOfTheLastUsageUntilThatIsClosed() {
    saga.givenAPublished(created())
        .whenPublishingA(canceledAfterUse())
        .expectActiveSagas(1)
        .expectScheduledDeadlineWithName(Duration.between(T0, WAKE), RenewalSaga.DEADLINE);
    nextWake = Optional.empty();
    saga.whenTimeElapses(Duration.between(T0, WAKE)).expectActiveSagas(1);
    saga.whenPublishingA(lastUsage()).expectActiveSagas(1).expectNoScheduledDeadlines();
    assertThat(sent).contains(IssueInvoice.of(lastUsage(), T0));
    saga.whenPublishingA(voided(AfterVoid.REISSUE)).expectActiveSagas(1);
    assertThat(sent).contains(new ReplaceCycleInvoice(ID, INVOICE, T0));
    saga.whenPublishingA(new InvoiceSettled(INVOICE, ID, 2, T0)).expectActiveSagas(0);
  }

  @Test
  void aLastInvoiceThatIsWrittenOffOrWaivedEndsItToo() {
    nextWake = Optional.empty();
    saga.givenAPublished(created())
        .andThenAPublished(canceledAfterUse())
        .andThenAPublished(lastUsage())
        .whenPublishingA(new InvoiceWrittenOff(INVOICE, ID, Money.parse("IDR 1.00"), "unpaid", T0))
        .expectActiveSagas(0);
  }

  private static SubscriptionCanceled canceled() {
    return new SubscriptionCanceled(ID, CancelReason.REQUESTED, null, T0, List.of(), List.of());
  }

  private static SubscriptionCanceled canceledAfterUse() {
    return new SubscriptionCanceled(
        ID,
        CancelReason.REQUESTED,
        null,
        T0,
        List.of(new UsedPeriod(1, PERIOD, PERIOD, "basic", 1, 1)),
        List.of());
  }

  private static CycleInvoiceRequested lastUsage() {
    return requested(InvoiceReason.FINAL_USAGE);
  }

  private static SubscriptionCreated created() {
    return new SubscriptionCreated(
        ID,
        TENANT,
        "app",
        "basic",
        1,
        1,
        true,
        Activation.IMMEDIATE,
        LocalDate.of(2026, 1, 31),
        0,
        ZoneId.of("Asia/Jakarta"),
        T0);
  }

  private static CycleStarted started() {
    return new CycleStarted(ID, 2, PERIOD, "basic", 1, INVOICE, T0, null, null);
  }

  private static CycleInvoiceRequested requested() {
    return requested(InvoiceReason.RENEWAL);
  }

  private static CycleInvoiceRequested requested(InvoiceReason reason) {
    return requested(reason, false);
  }

  private static CycleInvoiceRequested requested(InvoiceReason reason, boolean consolidated) {
    return new CycleInvoiceRequested(
        ID,
        TENANT,
        INVOICE,
        2,
        PERIOD,
        2,
        "basic",
        1,
        1,
        PERIOD.start(),
        1,
        reason,
        true,
        T0,
        List.of(),
        null,
        List.of(),
        consolidated);
  }

  private static InvoiceVoided voided(AfterVoid then) {
    Money zero = Money.parse("IDR 0.00");
    return new InvoiceVoided(INVOICE, ID, 2, then, "wrong", zero, zero, zero, zero, zero, T0);
  }
}
