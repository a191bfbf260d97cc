package io.billingledger.wiring;

import java.sql.SQLException;
import java.util.function.Supplier;

/** Work that uses no database: when it asks for one after all, it ends there. */
public final class WithoutDatabase {
  private static final ThreadLocal<Boolean> HERE = ThreadLocal.withInitial(() -> false);

  private WithoutDatabase() {}

  /** The work needs the database. It has changed nothing. */
  static final class DatabaseNeeded extends RuntimeException {
    private DatabaseNeeded() {
      super("this needs the database", null, false, false);
    }
  }

  static <T> T perform(Supplier<T> work) {
    boolean before = HERE.get();
    HERE.set(true);
    try {
      return work.get();
    } finally {
      HERE.set(before);
    }
  }

  /** What does not belong to the work at hand, which commits with it, may use the database. */
  interface Apart<T> {
    T perform() throws SQLException;
  }

  static <T> T lifted(Apart<T> apart) throws SQLException {
    boolean before = HERE.get();
    HERE.set(false);
    try {
      return apart.perform();
    } finally {
      HERE.set(before);
    }
  }

  static boolean isCauseOf(Throwable thrown) {
    return thrown != null && (thrown instanceof DatabaseNeeded || isCauseOf(thrown.getCause()));
  }

  /** Whether the thread is in such work. */
  public static boolean here() {
    return HERE.get();
  }

  /**
   * @throws DatabaseNeeded where the thread is in such work
   */
  public static void check() {
    if (HERE.get()) {
      throw new DatabaseNeeded();
    }
  }
}
