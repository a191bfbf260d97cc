package io.billingledger.wiring;

import io.billingledger.api.error.Trace;
import io.billingledger.api.idempotency.Answers;
import io.billingledger.kernel.MetaKeys;
import io.billingledger.kernel.Scope;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A root unit of work with its transaction; commands sent in it are nested in it. */
final class AxonUnitsOfWork implements UnitsOfWork {
  private static final Logger LOG = LoggerFactory.getLogger(AxonUnitsOfWork.class);

  private final TransactionManager transactions;
  private final CorrelationDataProvider correlation;
  private final Optional<EventGroups> groups;
  private final Optional<RequestGroups> requests;
  private final ClockGate gate;

  /**
   * @param groups empty where events are kept elsewhere
   * @param requests as well
   */
  AxonUnitsOfWork(
      TransactionManager transactions,
      CorrelationDataProvider correlation,
      Optional<EventGroups> groups,
      Optional<RequestGroups> requests,
      ClockGate gate) {
    this.transactions = transactions;
    this.correlation = correlation;
    this.groups = groups;
    this.requests = requests;
    this.gate = gate;
  }

  @Override
  public <T> T perform(
      Supplier<T> work, Predicate<T> keep, BiConsumer<T, OptionalLong> beforeCommit) {
    return performing(
        root -> {
          root.attachTransaction(transactions);
          T answer = work.get();
          if (keep.test(answer)) {
            // Registered last, so it runs when the events of all commands have been appended.
            root.onPrepareCommit(unit -> beforeCommit.accept(answer, position(unit)));
          } else {
            root.rollback();
          }
          return answer;
        });
  }

  /** Its events may be appended together with others', unless its transaction is somebody's. */
  @Override
  public <T> T perform(Supplier<T> work) {
    Optional<EventGroups> grouping = groups.filter(_ -> !isWithinTransaction());
    return performing(
        root -> {
          root.attachTransaction(transactions);
          grouping.ifPresent(
              grouped -> {
                EventGroups.open(root);
                root.onCommit(grouped::append); // Axon calls these last to first: then the commit
              });
          return work.get();
        });
  }

  @Override
  public <T> Optional<Committed<T>> together(
      Supplier<T> work, Function<T, Optional<Answers.Kept>> kept) {
    if (!mayDoWithoutDatabase()) {
      return Optional.empty();
    }
    OptionalLong[] position = {OptionalLong.empty()};
    try {
      return withoutDatabase(
              root -> {
                T answer = work.get();
                Optional<Answers.Kept> keeping = kept.apply(answer);
                keeping.ifPresentOrElse(
                    keep -> root.onCommit(unit -> position[0] = requests.get().append(unit, keep)),
                    root::rollback);
                return keeping.map(_ -> answer);
              })
          .map(answer -> new Committed<>(answer, position[0]));
    } catch (RuntimeException e) {
      LOG.debug("what was tried together goes alone", e);
      return Optional.empty();
    }
  }

  @Override
  public <T> T performLightly(Supplier<T> work) {
    if (mayDoWithoutDatabase()) {
      try {
        return withoutDatabase(
            root -> {
              root.onCommit(groups.get()::appendTogether);
              return work.get();
            });
      } catch (RuntimeException e) {
        if (!WithoutDatabase.isCauseOf(e) && !Conflicts.isConflict(e)) {
          throw e;
        }
      }
    }
    return perform(work);
  }

  /** What is part of something larger commits with it. */
  private boolean mayDoWithoutDatabase() {
    return groups.isPresent()
        && Scope.current().equals(Scope.ALL)
        && !CurrentUnitOfWork.isStarted()
        && !isWithinTransaction();
  }

  private static boolean isWithinTransaction() {
    return TransactionSynchronizationManager.isActualTransactionActive();
  }

  private <T> T withoutDatabase(Function<DefaultUnitOfWork<Message<?>>, T> work) {
    gate.enter();
    try {
      return WithoutDatabase.perform(
          () ->
              attempt(
                  root -> {
                    EventGroups.open(root);
                    return work.apply(root);
                  }));
    } finally {
      gate.leave();
    }
  }

  private <T> T performing(Function<DefaultUnitOfWork<Message<?>>, T> work) {
    if (CurrentUnitOfWork.isStarted()) {
      throw new IllegalStateException("a unit of work does not contain another one");
    }
    return Conflicts.retrying(() -> attempt(work));
  }

  private <T> T attempt(Function<DefaultUnitOfWork<Message<?>>, T> work) {
    DefaultUnitOfWork<Message<?>> root =
        DefaultUnitOfWork.startAndGet(new GenericMessage<>("request", origin()));
    root.registerCorrelationDataProvider(correlation);
    T answer;
    try {
      answer = work.apply(root);
    } catch (RuntimeException | Error e) {
      root.rollback(e);
      throw e;
    }
    if (root.isActive()) {
      root.commit();
    }
    return answer;
  }

  /** A request's events can be found by what its answer and the log call it. */
  private static MetaData origin() {
    String trace = MDC.get(Trace.KEY);
    return trace == null ? MetaData.emptyInstance() : MetaData.with(MetaKeys.CORRELATION, trace);
  }

  private static OptionalLong position(
      org.axonframework.messaging.unitofwork.UnitOfWork<Message<?>> unit) {
    Long last = LedgerEngine.position(unit);
    return last == null ? OptionalLong.empty() : OptionalLong.of(last);
  }
}
