package io.billingledger.wiring;

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
    return within(true, work);
  }

  /** For what the work itself does not do: it commits with others. */
  static <T> T lifted(Supplier<T> work) {
    return within(false, work);
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

  private static <T> T within(boolean here, Supplier<T> work) {
    boolean before = HERE.get();
    HERE.set(here);
    try {
      return work.get();
    } finally {
      HERE.set(before);
    }
  }
}
