package io.billingledger.kernel;

import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/**
 * Whose rows the current thread's transactions may see: one tenant's, everybody's (by name), or
 * nobody's, which is what a thread has until it is told otherwise. The transaction manager hands it
 * to PostgreSQL, where row-level security holds it.
 */
public final class Scope {
  /** The value of the PostgreSQL setting {@code ledger.scope} that stands for every tenant. */
  public static final String ALL = "*";

  private static final String NOBODY = "";
  private static final ThreadLocal<String> CURRENT = ThreadLocal.withInitial(() -> NOBODY);

  private Scope() {}

  public static <T> T tenant(TenantId tenant, Supplier<T> work) {
    return within(tenant.value(), work);
  }

  public static <T> T allTenants(Supplier<T> work) {
    return within(ALL, work);
  }

  public static void allTenants(Runnable work) {
    allTenants(
        () -> {
          work.run();
          return null;
        });
  }

  /** Threads of the ledger's own machinery: processors, deadlines. They work for everybody. */
  public static ThreadFactory allTenantsThreads(ThreadFactory threads) {
    return work -> threads.newThread(() -> allTenants(work));
  }

  public static String current() {
    return CURRENT.get();
  }

  private static <T> T within(String scope, Supplier<T> work) {
    String before = CURRENT.get();
    CURRENT.set(scope);
    try {
      return work.get();
    } finally {
      CURRENT.set(before);
    }
  }
}
