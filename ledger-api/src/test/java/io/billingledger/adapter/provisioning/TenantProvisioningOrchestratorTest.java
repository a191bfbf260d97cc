package io.billingledger.adapter.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.kernel.ProvisioningId;
import io.billingledger.kernel.TenantId;
import io.billingledger.provisioning.ProvisioningAction;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whatever a provisioner does, a result comes back; what failed is logged (G14). */
@ExtendWith(OutputCaptureExtension.class)
class TenantProvisioningOrchestratorTest {
  private static final TenantId TENANT = TenantId.next();

  @Test
  void answersWhatTheProvisionerAnswers() throws InterruptedException {
    assertThat(perform(_ -> ProvisioningResult.done("made it")))
        .isEqualTo(ProvisioningResult.done("made it"));
  }

  @Test
  void aThrowIsAFailureThatIsLoggedAndWhoseMessageDoesNotBecomeHistory(CapturedOutput log)
      throws InterruptedException {
    assertThat(
            perform(
                _ -> {
                  throw new IllegalArgumentException("rina@example.com is not welcome");
                }))
        .isEqualTo(ProvisioningResult.failed("it threw IllegalArgumentException"));
    assertThat(log)
        .contains("provisioning of tenant " + TENANT + " failed at step stub (CREATE, attempt 1)")
        .contains("rina@example.com is not welcome");
    assertThat(
            perform(
                _ -> {
                  throw new IllegalStateException(new SQLException("secret", "42501"));
                }))
        .isEqualTo(ProvisioningResult.failed("the database said 42501"));
  }

  @Test
  void whoHangsIsInterruptedWhenTheTimeIsOver(CapturedOutput log) throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    assertThat(
            perform(
                _ -> {
                  try {
                    Thread.sleep(60_000);
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                  }
                  return ProvisioningResult.done("too late");
                }))
        .isEqualTo(ProvisioningResult.failed("no answer within PT0.3S"));
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(log).contains(TENANT.value()).contains("no answer within");
  }

  @Test
  void worksOnAThreadOfItsOwn() throws InterruptedException {
    AtomicReference<Thread> worker = new AtomicReference<>();
    perform(
        _ -> {
          worker.set(Thread.currentThread());
          return ProvisioningResult.done("");
        });
    assertThat(worker.get()).isNotEqualTo(Thread.currentThread());
    assertThat(worker.get().getName()).isEqualTo("provisioner-stub");
  }

  @Test
  void noAnswerAtAllIsAFailure() throws InterruptedException {
    assertThat(perform(_ -> null)).isEqualTo(ProvisioningResult.failed("it answered nothing"));
  }

  @Test
  void wordsForHistoryAreShort() throws InterruptedException {
    assertThat(perform(_ -> ProvisioningResult.failed("x".repeat(9000))).words()).hasSize(500);
  }

  @Test
  void aStepWhoseProvisionerIsGoneFailsForGood(CapturedOutput log) throws InterruptedException {
    assertThat(orchestrator(_ -> ProvisioningResult.done("")).perform(task("removed"), () -> {}))
        .isEqualTo(ProvisioningResult.failedForGood("there is no such provisioner"));
    assertThat(log).contains(TENANT.value()).contains("removed");
  }

  private interface Doing {
    ProvisioningResult perform(ProvisioningTask task) throws Exception;
  }

  private static ProvisioningResult perform(Doing doing) throws InterruptedException {
    return orchestrator(doing).perform(task("stub"), () -> {});
  }

  private static TenantProvisioningOrchestrator orchestrator(Doing doing) {
    TenantProvisioner stub =
        new TenantProvisioner() {
          @Override
          public String code() {
            return "stub";
          }

          @Override
          public Set<ProvisioningAction> actions() {
            return EnumSet.allOf(ProvisioningAction.class);
          }

          @Override
          public ProvisioningResult perform(ProvisioningTask task) throws Exception {
            return doing.perform(task);
          }
        };
    return new TenantProvisioningOrchestrator(
        ProvisionerRegistryTest.registry(List.of("stub"), stub),
        ProvisionerRegistryTest.settings());
  }

  private static ProvisioningTask task(String step) {
    return new ProvisioningTask(
        ProvisioningId.of(TENANT), TENANT, 1, ProvisioningAction.CREATE, step, 1);
  }
}
