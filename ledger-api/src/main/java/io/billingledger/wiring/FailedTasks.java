package io.billingledger.wiring;

import com.github.kagkarlsson.scheduler.event.ExecutionChain;
import com.github.kagkarlsson.scheduler.event.ExecutionInterceptor;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.deadline.dbscheduler.DbSchedulerBinaryDeadlineDetails;

/** Notes which of db-scheduler's tasks failed, for whoever drives it by hand. */
final class FailedTasks implements ExecutionInterceptor {

  /** A failure, with what a person would call it. */
  record Failure(TaskInstance<?> task, Throwable cause) {
    String describe() {
      Throwable root = cause;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      String name =
          task.getData() instanceof DbSchedulerBinaryDeadlineDetails deadline
              ? "the deadline " + deadline.getD()
              : "the task " + task.getTaskName();
      return "%s (%s) failed with %s".formatted(name, task.getId(), root);
    }
  }

  private final List<Failure> failures = new ArrayList<>();

  @Override
  public CompletionHandler<?> execute(
      TaskInstance<?> task, ExecutionContext context, ExecutionChain chain) {
    try {
      return chain.proceed(task, context);
    } catch (RuntimeException | Error e) {
      failures.add(new Failure(task, e));
      throw e;
    }
  }

  /** What failed since it was last asked. */
  List<Failure> take() {
    List<Failure> taken = List.copyOf(failures);
    failures.clear();
    return taken;
  }
}
