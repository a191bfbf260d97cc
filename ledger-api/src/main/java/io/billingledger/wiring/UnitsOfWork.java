package io.billingledger.wiring;

import io.billingledger.api.idempotency.Answers;
import io.billingledger.kernel.Scope;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
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

  /**
   * @param position of the last event that was appended; empty when there was none
   */
  record Committed<T>(T answer, OptionalLong position) {}

  /**
   * Runs work that uses no database, and commits its events and what is kept of its answer together
   * with those of others (ADR 13).
   *
   * @param kept of the answer; empty: then the work is undone
   * @return empty when it needs the database after all, was refused, or somebody was in its way:
   *     then nothing remains, and it must be {@link #perform}ed
   */
  default <T> Optional<Committed<T>> together(
      Supplier<T> work, Function<T, Optional<Answers.Kept>> kept) {
    return Optional.empty();
  }

  /** As {@link #perform(Supplier)}, for work that probably uses no database: it begins without. */
  default <T> T performLightly(Supplier<T> work) {
    return perform(work);
  }

  default <T> T perform(Supplier<T> work) {
    return perform(work, answer -> true, (answer, position) -> {});
  }
}
