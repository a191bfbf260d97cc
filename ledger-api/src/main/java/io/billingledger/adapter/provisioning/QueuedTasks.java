package io.billingledger.adapter.provisioning;

import io.billingledger.provisioning.ProvisioningEvent.TaskQueued;
import io.billingledger.saga.SagaGroups;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Hands what history queues to the worker's table, in the transaction of the processor's position.
 * Were it ever repeated, the provisioning would not let a past attempt begin again.
 */
@ProcessingGroup(SagaGroups.PROVISIONING_WORK)
@DisallowReplay
class QueuedTasks {
  private final TaskQueue queue;
  private final ProvisioningWorker worker;

  QueuedTasks(TaskQueue queue, ProvisioningWorker worker) {
    this.queue = queue;
    this.worker = worker;
  }

  @EventHandler
  void on(TaskQueued event) {
    queue.add(event);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            worker.wake();
          }
        });
  }
}
