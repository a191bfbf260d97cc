package io.billingledger.saga.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.Activation;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.ProvisioningId;
import io.billingledger.kernel.Sealed;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.provisioning.ProvisioningAction;
import io.billingledger.provisioning.ProvisioningCommand.BeginProvisioning;
import io.billingledger.provisioning.ProvisioningCommand.RetryTask;
import io.billingledger.provisioning.ProvisioningCommand.SuspendProvisioned;
import io.billingledger.provisioning.ProvisioningCommand.TerminateProvisioned;
import io.billingledger.provisioning.ProvisioningCommand.UnsuspendProvisioned;
import io.billingledger.provisioning.ProvisioningEvent.ProvisioningCompleted;
import io.billingledger.provisioning.ProvisioningEvent.ProvisioningSuperseded;
import io.billingledger.provisioning.ProvisioningEvent.TaskFailed;
import io.billingledger.provisioning.ProvisioningEvent.TaskQueued;
import io.billingledger.subscription.CancelReason;
import io.billingledger.subscription.SubscriptionEvent;
import io.billingledger.subscription.SubscriptionEvent.CycleStarted;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCanceled;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCreated;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionReactivated;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionSuspended;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionTerminated;
import io.billingledger.tenant.DeploymentType;
import io.billingledger.tenant.TenantCommand.CompleteProvisioning;
import io.billingledger.tenant.TenantEvent.TenantRegistered;
import io.billingledger.tenant.TenantEvent.TenantTerminated;
import io.billingledger.time.BillingPeriod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.test.saga.SagaTestFixture;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Test;

class ProvisioningSagaTest {
  private static final TenantId TENANT = TenantId.next();
  private static final ProvisioningId ID = ProvisioningId.of(TENANT);
  private static final SubscriptionId SHOP = SubscriptionId.next();
  private static final SubscriptionId CHAT = SubscriptionId.next();
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  private final List<Object> sent = new ArrayList<>();
  private final SagaTestFixture<ProvisioningSaga> saga =
      new SagaTestFixture<>(ProvisioningSaga.class);

  ProvisioningSagaTest() {
    saga.registerResource(
        new Commands() {
          @Override
          public <R> R send(Object command, Actor actor) {
            assertThat(actor).isEqualTo(Actor.system("provisioning"));
            sent.add(command);
            return null;
          }
        });
    saga.registerResource(Clock.fixed(T0, ZoneOffset.UTC));
    saga.givenCurrentTime(T0);
  }

  @Test
  void beginsWhenTheTenantRegisters() {
    saga.givenNoPriorActivity()
        .whenAggregate(TENANT.value())
        .publishes(registered())
        .expectActiveSagas(1)
        .expectNoScheduledDeadlines();
    assertThat(sent)
        .singleElement()
        .isInstanceOfSatisfying(
            BeginProvisioning.class,
            begin -> {
              assertThat(begin.provisioningId()).isEqualTo(ID);
              assertThat(begin.deploymentType()).isEqualTo(DeploymentType.SHARED);
              assertThat(begin.cause()).isNotBlank();
            });
  }

  @Test
  void aRepeatedRegistrationStartsNoSecondSaga() {
    saga.givenAPublished(registered()).whenPublishingA(registered()).expectActiveSagas(1);
  }

  @Test
  void tellsTheTenantWhenEverythingIsMade() {
    saga.givenAPublished(registered())
        .whenPublishingA(completed(ProvisioningAction.CREATE))
        .expectActiveSagas(1);
    assertThat(sent).last().isEqualTo(new CompleteProvisioning(TENANT, T0));
  }

  @Test
  void holdsAndReleasesWithTheSubscription() {
    saga.givenAPublished(registered())
        .andThenAPublished(created(SHOP))
        .andThenAPublished(started(SHOP))
        .whenPublishingA(suspended(SHOP));
    assertThat(sent).last().isInstanceOf(SuspendProvisioned.class);
    saga.whenPublishingA(new SubscriptionReactivated(SHOP, T0));
    assertThat(sent).last().isInstanceOf(UnsuspendProvisioned.class);
    assertThat(sent).hasSize(3);
  }

  @Test
  void anotherTenantsSubscriptionDoesNotConcernIt() {
    saga.givenAPublished(registered()).whenPublishingA(suspended(CHAT));
    assertThat(sent).hasSize(1);
  }

  @Test
  void releasesOnlyWhenNoSubscriptionIsSuspendedAndOneRuns() {
    record Step(SubscriptionEvent event, boolean held) {}
    List<Step> steps =
        List.of(
            new Step(started(SHOP), false),
            new Step(suspended(SHOP), true),
            new Step(started(CHAT), true),
            new Step(suspended(CHAT), true),
            new Step(new SubscriptionReactivated(SHOP, T0), true),
            new Step(new SubscriptionReactivated(CHAT, T0), false),
            new Step(suspended(SHOP), true),
            new Step(canceled(SHOP), false),
            new Step(suspended(CHAT), true),
            new Step(canceled(CHAT), true),
            new Step(started(SHOP), false),
            new Step(suspended(SHOP), true),
            new Step(started(SHOP), true),
            new Step(new SubscriptionTerminated(SHOP, InvoiceId.next(), T0, List.of()), true));
    Standing standing = Standing.NEW;
    for (Step step : steps) {
      Standing next = standing.after(step.event());
      assertThat(next.held()).as(step.toString()).isEqualTo(step.held());
      assertThat(standing.to(next).isPresent()).isEqualTo(standing.held() != next.held());
      standing = next;
    }
  }

  @Test
  void closesWithTheTenantAndLivesOnUntilThePurge() {
    saga.givenAPublished(registered())
        .whenPublishingA(new TenantTerminated(TENANT, SHOP, T0))
        .expectActiveSagas(1);
    assertThat(sent).last().isInstanceOf(TerminateProvisioned.class);
    saga.whenPublishingA(completed(ProvisioningAction.TERMINATE)).expectActiveSagas(1);
    saga.whenPublishingA(completed(ProvisioningAction.PURGE)).expectActiveSagas(0);
  }

  @Test
  void wakesAFailedStepWhenItsNextAttemptIsDue() {
    saga.givenAPublished(registered())
        .whenPublishingA(failedAt("tenant-database", 2, T0.plusSeconds(20)))
        .expectScheduledDeadlineWithName(Duration.ofSeconds(20), ProvisioningSaga.DEADLINE);
    saga.whenTimeElapses(Duration.ofSeconds(20)).expectNoScheduledDeadlines();
    assertThat(sent).last().isEqualTo(new RetryTask(ID, 1, "tenant-database", 2, T0));
  }

  @Test
  void doesNotWakeWhatWillNotBeTriedAgain() {
    saga.givenAPublished(registered())
        .whenPublishingA(failedAt("tenant-database", 5, null))
        .expectNoScheduledDeadlines();
  }

  @Test
  void forgetsTheWakingWhenTheStepIsQueuedByHandOrNotWantedAnyMore() {
    saga.givenAPublished(registered())
        .andThenAPublished(failedAt("tenant-database", 1, T0.plusSeconds(20)))
        .whenPublishingA(
            new TaskQueued(ID, TENANT, 1, ProvisioningAction.CREATE, "tenant-database", 2, 2, T0))
        .expectNoScheduledDeadlines();
    saga.whenPublishingA(failedAt("tenant-database", 2, T0.plusSeconds(20)))
        .expectScheduledDeadlineWithName(Duration.ofSeconds(20), ProvisioningSaga.DEADLINE);
    saga.whenPublishingA(
            new ProvisioningSuperseded(ID, TENANT, 1, ProvisioningAction.CREATE, 2, T0))
        .expectNoScheduledDeadlines();
  }

  private static TenantRegistered registered() {
    return new TenantRegistered(
        TENANT,
        "Toko Rina",
        "ID",
        CurrencyUnit.of("IDR"),
        ZoneId.of("Asia/Jakarta"),
        "default",
        null,
        new Sealed("v1.x"),
        DeploymentType.SHARED,
        T0);
  }

  private static SubscriptionCreated created(SubscriptionId id) {
    return new SubscriptionCreated(
        id,
        TENANT,
        "shop",
        "basic",
        1,
        1,
        true,
        Activation.IMMEDIATE,
        LocalDate.of(2026, 1, 1),
        0,
        ZoneId.of("Asia/Jakarta"),
        T0);
  }

  private static CycleStarted started(SubscriptionId id) {
    return new CycleStarted(
        id,
        1,
        new BillingPeriod(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 31)),
        "basic",
        1,
        InvoiceId.next(),
        T0,
        null,
        null);
  }

  private static SubscriptionSuspended suspended(SubscriptionId id) {
    return new SubscriptionSuspended(id, InvoiceId.next(), T0);
  }

  private static SubscriptionCanceled canceled(SubscriptionId id) {
    return new SubscriptionCanceled(id, CancelReason.values()[0], null, T0, List.of(), List.of());
  }

  private static ProvisioningCompleted completed(ProvisioningAction action) {
    return new ProvisioningCompleted(ID, TENANT, 1, action, T0);
  }

  private static TaskFailed failedAt(String step, int attempt, Instant retryAt) {
    return new TaskFailed(
        ID, TENANT, 1, ProvisioningAction.CREATE, step, attempt, "no room", retryAt, T0);
  }
}
