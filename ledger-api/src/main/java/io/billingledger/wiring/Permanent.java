package io.billingledger.wiring;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Facts that never change once they are committed: looked up once, then remembered. */
final class Permanent<K, V> {
  private static final int MOST = 100_000;

  private final Map<K, V> known = new ConcurrentHashMap<>();

  Optional<V> get(K key, Supplier<Optional<V>> lookup) {
    V value = known.get(key);
    if (value != null) {
      return Optional.of(value);
    }
    Optional<V> found = lookup.get();
    found.ifPresent(fact -> rememberOnceCommitted(key, fact));
    return found;
  }

  /** What this transaction itself has written may still be undone. */
  private void rememberOnceCommitted(K key, V fact) {
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              remember(key, fact);
            }
          });
    } else {
      remember(key, fact);
    }
  }

  private void remember(K key, V fact) {
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(key, fact);
  }
}
