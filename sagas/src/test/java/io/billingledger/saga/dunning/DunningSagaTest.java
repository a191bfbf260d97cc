package io.billingledger.saga.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.DunningPolicy;
import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.catalog.VersionReach;
import io.billingledger.collections.CollectionCommand.AdvanceCollection;
import io.billingledger.collections.CollectionEvent.StageReached;
import io.billingledger.collections.Stage;
import io.billingledger.invoice.InvoiceCommand.WriteOffInvoice;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceEvent.InvoiceSettled;
import io.billingledger.invoice.InvoicedCycle;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.CollectionId;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PlanId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.subscription.SubscriptionCommand.MarkPastDue;
import io.billingledger.subscription.SubscriptionCommand.SuspendSubscription;
import io.billingledger.subscription.SubscriptionCommand.TerminateSubscription;
import io.billingledger.tenant.TenantCommand.LiftDunningHold;
import io.billingledger.tenant.TenantCommand.PlaceDunningHold;
import io.billingledger.time.BillingInterval;
import io.billingledger.time.BillingPeriod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.test.saga.SagaTestFixture;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class DunningSagaTest {
  private static final Instant ISSUED = Instant.parse("2026-02-22T17:00:00Z");
  private static final Instant DUE = Instant.parse("2026-03-01T17:00:00Z");
  private static final InvoiceId INVOICE = InvoiceId.derive("saga");
  private static final TenantId TENANT = TenantId.derive("saga");
  private static final SubscriptionId SUBSCRIPTION = SubscriptionId.derive("saga");
  private static final SubscriptionId OTHER = SubscriptionId.derive("saga", "other");

  private final List<Object> sent = new ArrayList<>();
  private final SagaTestFixture<DunningSaga> saga = new SagaTestFixture<>(DunningSaga.class);
  private Optional<Instant> nextStep = Optional.of(DUE);

  DunningSagaTest() {
    saga.registerResource(
        new Commands() {
          @Override
          @SuppressWarnings("unchecked")
          public <R> R send(Object command, Actor actor) {
            assertThat(actor).isEqualTo(DunningSaga.ACTOR);
            sent.add(command);
            return command instanceof AdvanceCollection ? (R) nextStep : null;
          }
        });
    saga.registerResource(Clock.fixed(DUE, ZoneOffset.UTC));
    saga.givenCurrentTime(ISSUED);
  }

  @Test
  void wakesWhenTheFirstStepIsDue() {
    saga.givenNoPriorActivity()
        .whenPublishingA(issued(true, "0.00"))
        .expectActiveSagas(1)
        .expectScheduledDeadlineWithName(
            Duration.between(ISSUED, Instant.parse("2026-02-23T02:00:00Z")), DunningSaga.DEADLINE);
    assertThat(sent).isEmpty();
  }

  @Test
  void whenItWakesTheCollectionDecidesAndSaysWhenToComeAgain() {
    saga.givenAPublished(issued(true, "0.00"))
        .whenTimeElapses(Duration.ofHours(9))
        .expectScheduledDeadlineWithName(
            Duration.between(ISSUED.plus(Duration.ofHours(9)), DUE), DunningSaga.DEADLINE);
    assertThat(sent)
        .singleElement()
        .isInstanceOfSatisfying(
            AdvanceCollection.class,
            advance -> {
              assertThat(advance.collectionId()).isEqualTo(CollectionId.of(INVOICE));
              assertThat(advance.terms().dueAt()).isEqualTo(DUE);
              assertThat(advance.terms().policy()).isEqualTo(DunningPolicy.DEFAULT);
            });
  }

  @Test
  void whatIsNotToBeCollectedHasNoSaga() {
    saga.givenNoPriorActivity().whenPublishingA(issued(false, "0.00")).expectActiveSagas(0);
  }

  @Test
  void whatCreditHasPaidHasNoSaga() {
    saga.givenNoPriorActivity().whenPublishingA(issued(true, "150000.00")).expectActiveSagas(0);
  }

  @Test
  void eachStageIsCarriedToWhomItConcernsAndARedeliveryRepeatsTheSameCommands() {
    nextStep = Optional.empty();
    saga.givenAPublished(issued(true, "0.00"))
        .andThenAPublished(reached(Stage.PAST_DUE))
        .andThenAPublished(reached(Stage.PAST_DUE))
        .andThenAPublished(reached(Stage.SUSPENDED))
        .whenPublishingA(reached(Stage.TERMINATED))
        .expectActiveSagas(1);
    sent.removeIf(AdvanceCollection.class::isInstance);
    assertThat(sent)
        .containsExactly(
            new MarkPastDue(SUBSCRIPTION, INVOICE, DUE),
            new PlaceDunningHold(TENANT, INVOICE, DUE),
            new MarkPastDue(SUBSCRIPTION, INVOICE, DUE),
            new PlaceDunningHold(TENANT, INVOICE, DUE),
            new SuspendSubscription(SUBSCRIPTION, INVOICE, DUE),
            new TerminateSubscription(SUBSCRIPTION, INVOICE, DUE),
            new WriteOffInvoice(INVOICE, "unpaid 30 days after it was due", DUE));
  }

  @Test
  void eachStageConcernsEverySubscriptionThatStandsOnTheInvoice() {
    nextStep = Optional.empty();
    saga.givenAPublished(issued(true, "0.00", true))
        .andThenAPublished(reached(Stage.PAST_DUE))
        .andThenAPublished(reached(Stage.SUSPENDED))
        .whenPublishingA(reached(Stage.TERMINATED));
    sent.removeIf(AdvanceCollection.class::isInstance);
    assertThat(sent)
        .containsExactly(
            new MarkPastDue(SUBSCRIPTION, INVOICE, DUE),
            new MarkPastDue(OTHER, INVOICE, DUE),
            new PlaceDunningHold(TENANT, INVOICE, DUE),
            new SuspendSubscription(SUBSCRIPTION, INVOICE, DUE),
            new SuspendSubscription(OTHER, INVOICE, DUE),
            new TerminateSubscription(SUBSCRIPTION, INVOICE, DUE),
            new TerminateSubscription(OTHER, INVOICE, DUE),
            new WriteOffInvoice(INVOICE, "unpaid 30 days after it was due", DUE));
  }

  @Test
  void aPaymentInTimeEndsItWithoutATrace() {
    saga.givenAPublished(issued(true, "0.00"))
        .whenPublishingA(new InvoiceSettled(INVOICE, SUBSCRIPTION, 2, DUE))
        .expectActiveSagas(0)
        .expectNoScheduledDeadlines();
    assertThat(sent).isEmpty();
  }

  @Test
  void aLatePaymentLiftsTheHold() {
    saga.givenAPublished(issued(true, "0.00"))
        .andThenAPublished(reached(Stage.PAST_DUE))
        .whenPublishingA(new InvoiceSettled(INVOICE, SUBSCRIPTION, 2, DUE))
        .expectActiveSagas(0)
        .expectNoScheduledDeadlines();
    assertThat(sent)
        .last()
        .isEqualTo(new LiftDunningHold(TENANT, INVOICE, "invoice " + INVOICE + " is settled", DUE));
  }

  private static StageReached reached(Stage stage) {
    return new StageReached(CollectionId.of(INVOICE), INVOICE, TENANT, SUBSCRIPTION, stage, DUE);
  }

  private static InvoiceIssued issued(boolean collect, String credit) {
    return issued(collect, credit, false);
  }

  private static InvoiceIssued issued(boolean collect, String credit, boolean consolidated) {
    Money zero = Money.parse("IDR 0.00");
    Money total = Money.parse("IDR 150000.00");
    PlanTerms terms =
        new PlanTerms(
            1,
            LocalDate.of(2026, 1, 1),
            total,
            TaxBehaviour.INCLUSIVE,
            new BillingInterval.RollingDays(30),
            0,
            zero,
            Activation.IMMEDIATE,
            List.of(),
            DunningPolicy.DEFAULT,
            List.of(),
            List.of(),
            null,
            null,
            VersionReach.ALL_FROM_NEXT_CYCLE,
            null,
            null);
    PlanSnapshot plan =
        new PlanSnapshot(PlanId.derive("saga"), "basic", "app", "Basic", true, terms);
    BillingPeriod period = new BillingPeriod(LocalDate.of(2026, 3, 2), LocalDate.of(2026, 4, 1));
    List<InvoicedCycle> others =
        consolidated
            ? List.of(
                new InvoicedCycle(OTHER, InvoiceReason.RENEWAL, 5, period, plan, 1, List.of()))
            : List.of();
    return new InvoiceIssued(
        INVOICE,
        TENANT,
        SUBSCRIPTION,
        "INV-2026-000001",
        "default",
        InvoiceReason.RENEWAL,
        2,
        period,
        plan,
        1,
        List.of(),
        List.of(),
        total,
        zero,
        zero,
        total,
        Money.parse("IDR " + credit),
        ZoneId.of("Asia/Jakarta"),
        ISSUED,
        DUE,
        collect,
        "v1",
        "HALF_UP",
        List.of(),
        List.of(),
        others);
  }
}
