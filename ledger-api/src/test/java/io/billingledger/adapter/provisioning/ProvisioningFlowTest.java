package io.billingledger.adapter.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.billingledger.LedgerTest;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.ProvisioningId;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.Vault;
import io.billingledger.provisioning.ProvisioningAction;
import io.billingledger.provisioning.ProvisioningCommand.RerunProvisioning;
import io.billingledger.provisioning.ProvisioningCommand.StartTask;
import io.billingledger.provisioning.ProvisioningCommand.SuspendProvisioned;
import io.billingledger.provisioning.ProvisioningCommand.TerminateProvisioned;
import io.billingledger.provisioning.ProvisioningEvent;
import io.billingledger.provisioning.ProvisioningEvent.ProvisioningStatusChanged;
import io.billingledger.provisioning.ProvisioningEvent.TaskFailed;
import io.billingledger.provisioning.ProvisioningEvent.TaskStarted;
import io.billingledger.provisioning.ProvisioningEvent.TaskSucceeded;
import io.billingledger.provisioning.ProvisioningStatus;
import io.billingledger.provisioning.TaskStatus;
import io.billingledger.tenant.DeploymentType;
import io.billingledger.tenant.TenantCommand.RegisterTenant;
import io.billingledger.tenant.TenantEvent.TenantProvisioned;
import io.billingledger.view.provisioning.ProvisioningTaskRow;
import io.billingledger.view.provisioning.TenantProvisioningRow;
import io.billingledger.wiring.UnitsOfWork;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * From the registration to DONE through saga, queue and worker, with provisioners that throw, hang
 * or lose their answer, and workers that die.
 */
@LedgerTest
@Import(ProvisioningFlowTest.Scripts.class)
@TestPropertySource(
    properties = {
      "ledger.provisioning.provisioners.shared=scripted-a,scripted-b",
      "ledger.provisioning.provisioners.database-per-tenant=tenant-database,first-admin",
      "ledger.provisioning.attempts=3",
      "ledger.provisioning.first-delay=100ms",
      "ledger.provisioning.longest-delay=200ms",
      "ledger.provisioning.time-out=20s",
      "db-scheduler.polling-interval=200ms"
    })
@ExtendWith(OutputCaptureExtension.class)
class ProvisioningFlowTest {
  private static final Actor AYU = new Actor("ayu@example.com");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Autowired Scripted scriptedA;
  @Autowired Scripted scriptedB;
  @Autowired ProvisioningWorker worker;
  @Autowired TaskQueue queue;
  @Autowired Commands commands;
  @Autowired UnitsOfWork units;
  @Autowired EventStore history;
  @Autowired EntityManager rows;
  @Autowired PlatformTransactionManager transactions;
  @Autowired Vault vault;
  @Autowired Clock clock;

  private final TenantId tenant = TenantId.next();
  private final ProvisioningId id = ProvisioningId.of(tenant);

  @AfterEach
  void theWorkerRuns() {
    worker.start();
  }

  @Test
  void everyStepInItsOrderOnThreadsThatAreNotTheEvents() {
    register(DeploymentType.SHARED);
    awaitStatus(ProvisioningStatus.DONE);
    assertThat(succeeded()).containsExactly("scripted-a", "scripted-b");
    assertThat(scriptedA.threads(tenant))
        .containsOnly("provisioner-scripted-a")
        .noneMatch(name -> name.startsWith("saga-"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(events(tenant.value()))
                    .hasAtLeastOneElementOfType(TenantProvisioned.class));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(tasks())
                    .extracting(ProvisioningTaskRow::status)
                    .containsExactly(TaskStatus.SUCCEEDED, TaskStatus.SUCCEEDED));
    await().atMost(PATIENCE).until(() -> !worker.busy() && worker.nextDue().isEmpty());
  }

  @Test
  void whatFailsIsTriedAgainAfterItsDelayAndTheFirstStepIsNotRepeated(CapturedOutput log) {
    scriptedB.script(tenant, "throw", "fail");
    register(DeploymentType.SHARED);
    awaitStatus(ProvisioningStatus.DONE);
    assertThat(events(TaskFailed.class))
        .extracting(TaskFailed::error)
        .containsExactly("it threw IllegalStateException", "not today");
    assertThat(events(TaskFailed.class))
        .allSatisfy(failed -> assertThat(failed.retryAt()).isAfter(failed.at()));
    assertThat(scriptedA.threads(tenant)).hasSize(1);
    assertThat(scriptedB.threads(tenant)).hasSize(3);
    assertThat(log).contains("provisioning of tenant " + tenant + " failed at step scripted-b");
  }

  @Test
  void afterAllAttemptsAPersonRunsItAgainFromThere() {
    scriptedB.script(tenant, "fail", "throw", "fail");
    register(DeploymentType.SHARED);
    awaitStatus(ProvisioningStatus.FAILED);
    assertThat(events(tenant.value())).doesNotHaveAnyElementsOfTypes(TenantProvisioned.class);
    rerun();
    rerun();
    awaitStatus(ProvisioningStatus.DONE);
    rerun();
    assertThat(scriptedA.threads(tenant)).hasSize(1);
    assertThat(scriptedB.threads(tenant)).hasSize(4);
    assertThat(events(TaskSucceeded.class))
        .extracting(TaskSucceeded::attempt)
        .containsExactly(1, 4);
  }

  @Test
  void aWorkerThatDiedLeavesATaskThatIsBegunAgain() {
    worker.stop();
    register(DeploymentType.SHARED);
    ProvisioningTask task =
        await()
            .atMost(PATIENCE)
            .until(
                () -> inTransaction(() -> queue.take("dies soon", Duration.ofSeconds(1))),
                java.util.Optional::isPresent)
            .orElseThrow();
    inUnit(
        () ->
            commands.send(new StartTask(id, 1, task.step(), task.attempt(), clock.instant()), AYU));
    // It even did its work, and only the answer was lost.
    scriptedA.perform(task);
    worker.start();
    awaitStatus(ProvisioningStatus.DONE);
    assertThat(scriptedA.threads(tenant)).hasSize(2);
    assertThat(events(TaskStarted.class)).extracting(TaskStarted::attempt).containsExactly(1, 1);
  }

  @Test
  void terminationDoesNotWaitForWhatCannotBeMade() {
    scriptedA.script(tenant, "fail", "fail", "fail");
    register(DeploymentType.SHARED);
    awaitStatus(ProvisioningStatus.FAILED);
    inUnit(() -> commands.send(new TerminateProvisioned(id, "a test", clock.instant()), AYU));
    awaitStatus(ProvisioningStatus.DONE);
    assertThat(succeeded()).containsExactly("scripted-b", "scripted-a");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(tasks())
                    .extracting(ProvisioningTaskRow::status)
                    .containsExactly(
                        TaskStatus.SUPERSEDED,
                        TaskStatus.SUPERSEDED,
                        TaskStatus.SUCCEEDED,
                        TaskStatus.SUCCEEDED));
  }

  @Test
  void theTenantsOwnDatabase() {
    register(DeploymentType.DATABASE_PER_TENANT);
    awaitStatus(ProvisioningStatus.DONE);
    assertThat(succeeded()).containsExactly("tenant-database", "first-admin");
    inUnit(() -> commands.send(new SuspendProvisioned(id, "a test", clock.instant()), AYU));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(succeeded())
                    .containsExactly("tenant-database", "first-admin", "tenant-database"));
  }

  private void register(DeploymentType type) {
    inUnit(
        () ->
            commands.send(
                new RegisterTenant(
                    tenant,
                    "Toko Rina",
                    "ID",
                    CurrencyUnit.of("IDR"),
                    ZoneId.of("Asia/Jakarta"),
                    "default",
                    null,
                    vault.seal(tenant, "rina@example.com"),
                    type,
                    clock.instant()),
                AYU));
  }

  private void rerun() {
    inUnit(() -> commands.send(new RerunProvisioning(id, "ayu", clock.instant()), AYU));
  }

  private void awaitStatus(ProvisioningStatus wanted) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(events(ProvisioningStatusChanged.class))
                    .extracting(ProvisioningStatusChanged::status)
                    .endsWith(wanted));
  }

  private List<String> succeeded() {
    return events(TaskSucceeded.class).stream().map(TaskSucceeded::step).toList();
  }

  private <E extends ProvisioningEvent> List<E> events(Class<E> type) {
    return events(id.value()).stream().filter(type::isInstance).map(type::cast).toList();
  }

  private List<Object> events(String stream) {
    return Scope.allTenants(
        () ->
            history
                .readEvents(stream)
                .asStream()
                .<Object>map(message -> message.getPayload())
                .toList());
  }

  private List<ProvisioningTaskRow> tasks() {
    return inTransaction(() -> rows.find(TenantProvisioningRow.class, id.value()).tasks());
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Scope.allTenants(() -> new TransactionTemplate(transactions).execute(_ -> work.get()));
  }

  private <T> T inUnit(Supplier<T> work) {
    return Scope.allTenants(() -> units.perform(work));
  }

  @TestConfiguration
  static class Scripts {
    @Bean
    Scripted scriptedA() {
      return new Scripted("scripted-a");
    }

    @Bean
    Scripted scriptedB() {
      return new Scripted("scripted-b");
    }
  }

  /** Does what its script says for a tenant, one word a call, and then succeeds. */
  static final class Scripted implements TenantProvisioner {
    private final String code;
    private final Map<TenantId, Queue<String>> scripts = new ConcurrentHashMap<>();
    private final Map<TenantId, Queue<String>> threads = new ConcurrentHashMap<>();

    Scripted(String code) {
      this.code = code;
    }

    void script(TenantId tenant, String... words) {
      scripts.put(tenant, new ConcurrentLinkedQueue<>(List.of(words)));
    }

    /** Of each call. */
    List<String> threads(TenantId tenant) {
      return List.copyOf(threads.getOrDefault(tenant, new ConcurrentLinkedQueue<>()));
    }

    @Override
    public String code() {
      return code;
    }

    @Override
    public Set<ProvisioningAction> actions() {
      return EnumSet.allOf(ProvisioningAction.class);
    }

    @Override
    public ProvisioningResult perform(ProvisioningTask task) {
      threads
          .computeIfAbsent(task.tenantId(), _ -> new ConcurrentLinkedQueue<>())
          .add(Thread.currentThread().getName());
      Queue<String> script = scripts.get(task.tenantId());
      String word = script == null ? null : script.poll();
      return switch (word) {
        case null -> ProvisioningResult.done("made");
        case "fail" -> ProvisioningResult.failed("not today");
        case "throw" -> throw new IllegalStateException("something odd");
        default -> throw new AssertionError(word);
      };
    }
  }
}
