package io.billingledger.adapter.provisioning;

import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Scope;
import io.billingledger.provisioning.ProvisioningAction;
import io.billingledger.provisioning.ProvisioningRejection.DeploymentUnsupported;
import io.billingledger.provisioning.ProvisioningRules;
import io.billingledger.provisioning.RetryPolicy;
import io.billingledger.tenant.DeploymentType;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single door to the provisioners (G03): which steps an action has, and the doing of one, with
 * its time-out. Nobody else calls a provisioner.
 */
public final class TenantProvisioningOrchestrator implements ProvisioningRules {
  private static final Logger LOG = LoggerFactory.getLogger(TenantProvisioningOrchestrator.class);
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(2);
  private static final int LONGEST_WORDS = 500;

  private final ProvisionerRegistry provisioners;
  private final ProvisioningSettings settings;

  TenantProvisioningOrchestrator(ProvisionerRegistry provisioners, ProvisioningSettings settings) {
    this.provisioners = provisioners;
    this.settings = settings;
  }

  @Override
  public List<String> steps(DeploymentType deployment, ProvisioningAction action) {
    List<TenantProvisioner> all =
        provisioners
            .of(deployment)
            .orElseThrow(() -> new Rejected(new DeploymentUnsupported(deployment)));
    List<String> steps =
        all.stream()
            .filter(provisioner -> provisioner.actions().contains(action))
            .map(TenantProvisioner::code)
            .toList();
    return action.isBackwards() ? steps.reversed() : steps;
  }

  /**
   * @throws Rejected {@code provisioning.deployment-unsupported}
   */
  public void requireSupported(DeploymentType deployment) {
    steps(deployment, ProvisioningAction.CREATE);
  }

  @Override
  public RetryPolicy retries() {
    return settings.retries();
  }

  @Override
  public Duration retention() {
    return Duration.ofDays(settings.retentionDays());
  }

  /**
   * One attempt, on a thread of its own, until it answers or its time is over. Whatever happens
   * comes back as a result.
   *
   * @param meanwhile called every few seconds while it lasts
   */
  ProvisioningResult perform(ProvisioningTask task, Runnable meanwhile)
      throws InterruptedException {
    Optional<TenantProvisioner> provisioner = provisioners.of(task.step());
    if (provisioner.isEmpty()) {
      LOG.error(
          "provisioning of tenant {}: there is no provisioner \"{}\" any more",
          task.tenantId(),
          task.step());
      return ProvisioningResult.failedForGood("there is no such provisioner");
    }
    FutureTask<ProvisioningResult> attempt =
        new FutureTask<>(() -> provisioner.get().perform(task));
    Thread.ofPlatform()
        .daemon()
        .name("provisioner-" + task.step())
        .start(() -> Scope.allTenants(attempt));
    return words(outcome(task, attempt, meanwhile));
  }

  private ProvisioningResult outcome(
      ProvisioningTask task, FutureTask<ProvisioningResult> attempt, Runnable meanwhile)
      throws InterruptedException {
    long end = System.nanoTime() + settings.timeOut().toNanos();
    try {
      while (true) {
        long left = end - System.nanoTime();
        try {
          ProvisioningResult result =
              attempt.get(
                  Math.max(0, Math.min(left, SIGN_OF_LIFE.toNanos())), TimeUnit.NANOSECONDS);
          if (result instanceof ProvisioningResult.Failed failed) {
            LOG.warn(
                "provisioning of tenant {} failed at step {} ({}, attempt {}): {}",
                task.tenantId(),
                task.step(),
                task.action(),
                task.attempt(),
                failed.words());
          }
          return result == null ? ProvisioningResult.failed("it answered nothing") : result;
        } catch (TimeoutException stillRunning) {
          if (end - System.nanoTime() <= 0) {
            LOG.warn(
                "provisioning of tenant {} failed at step {} ({}, attempt {}): no answer within"
                    + " {}",
                task.tenantId(),
                task.step(),
                task.action(),
                task.attempt(),
                settings.timeOut());
            return ProvisioningResult.failed("no answer within " + settings.timeOut());
          }
          meanwhile.run();
        }
      }
    } catch (ExecutionException e) {
      LOG.warn(
          "provisioning of tenant {} failed at step {} ({}, attempt {})",
          task.tenantId(),
          task.step(),
          task.action(),
          task.attempt(),
          e.getCause());
      return ProvisioningResult.failed(kind(e.getCause()));
    } finally {
      attempt.cancel(true);
    }
  }

  /** What history may know of a fault: messages can hold anything. */
  private static String kind(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return "the database said " + sql.getSQLState();
      }
    }
    return "it threw " + thrown.getClass().getSimpleName();
  }

  private static ProvisioningResult words(ProvisioningResult result) {
    return switch (result) {
      case ProvisioningResult.Done done -> ProvisioningResult.done(shortened(done.words()));
      case ProvisioningResult.Failed failed ->
          new ProvisioningResult.Failed(shortened(failed.words()), failed.retryable());
    };
  }

  private static String shortened(String words) {
    String text = String.valueOf(words);
    return text.length() <= LONGEST_WORDS ? text : text.substring(0, LONGEST_WORDS);
  }
}
