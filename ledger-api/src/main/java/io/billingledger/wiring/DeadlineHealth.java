package io.billingledger.wiring;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerState;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Deadlines come: db-scheduler runs, or the movable clock drives it. */
@Component
class DeadlineHealth implements HealthIndicator {
  private final Scheduler scheduler;

  DeadlineHealth(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public Health health() {
    SchedulerState state = scheduler.getSchedulerState();
    boolean driven = scheduler instanceof ManualScheduler || state.isStarted();
    return (driven && !state.isShuttingDown() ? Health.up() : Health.down()).build();
  }
}
