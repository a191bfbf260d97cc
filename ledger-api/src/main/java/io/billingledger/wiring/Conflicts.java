package io.billingledger.wiring;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.axonframework.common.lock.DeadlockException;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;

/** Runs work again when another writer was in its way, a few times, after a short random pause. */
public final class Conflicts {
  private static final int ATTEMPTS = 5;
  private static final int PAUSE_MILLIS = 15;

  /** Serialization failure, deadlock, lock not available in time. */
  private static final Set<String> SQL_STATES = Set.of("40001", "40P01", "55P03");

  private Conflicts() {}

  static <T> T retrying(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (RuntimeException e) {
        if (attempt == ATTEMPTS || !isConflict(e)) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  /** Whether another writer was in the way. */
  public static boolean isConflict(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      boolean conflict =
          switch (cause) {
            case ConcurrencyException _,
                AggregateStreamCreationException _,
                DeadlockException _,
                LockAcquisitionFailedException _ ->
                true;
            case SQLException sql -> SQL_STATES.contains(sql.getSQLState());
            // Axon Server's answer to a sequence number that is taken.
            default -> String.valueOf(cause.getMessage()).contains("AXONIQ-2000");
          };
      if (conflict) {
        return true;
      }
    }
    return false;
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(1, PAUSE_MILLIS * attempt + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted between two attempts", e);
    }
  }
}
