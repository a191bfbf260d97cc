package io.billingledger.view;

import io.billingledger.kernel.Id;
import io.billingledger.kernel.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * Rows that commands were answered with, to begin from when the next one is answered. History never
 * changes, so any of them is right up to its version. A row is handed out to one at a time: it is
 * taken, followed on, and put back when what it has followed is committed. Only the scope that has
 * seen a row gets it again.
 */
final class AnsweredRows<R> {
  private static final int MOST = 10_000;

  private record Key(String scope, Id id) {}

  private final Map<Key, R> kept =
      new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, R> eldest) {
          return size() > MOST;
        }
      };

  /** Null when there is none, or somebody else has it. */
  synchronized R take(Id id) {
    return kept.remove(new Key(Scope.current(), id));
  }

  /** Puts it back with the running unit of work; without one nobody could tell when. */
  void keepOnceCommitted(Id id, R row) {
    if (row != null) {
      Key key = new Key(Scope.current(), id);
      CurrentUnitOfWork.ifStarted(unit -> unit.root().afterCommit(_ -> put(key, row)));
    }
  }

  private synchronized void put(Key key, R row) {
    kept.put(key, row);
  }
}
