package io.billingledger.wiring;

import io.billingledger.kernel.Scope;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The boundary inside which commands stand or fall together: one root unit of work, one database
 * transaction, one share of the clock's gate. Holds the thread's {@link Scope}.
 */
public interface UnitsOfWork {

  /**
   * Runs the work; all commands sent in it commit together. When it throws, nothing remains. A
   * conflict with another writer runs it again (a few times), so it must be repeatable.
   *
   * @param keep false: roll back what the work did, and still answer
   * @param beforeCommit runs in the transaction after the events were appended, with the position
   *     of the last of them (empty when there were none)
   */
  <T> T perform(Supplier<T> work, Predicate<T> keep, BiConsumer<T, OptionalLong> beforeCommit);

  default <T> T perform(Supplier<T> work) {
    return perform(work, answer -> true, (answer, position) -> {});
  }
}
