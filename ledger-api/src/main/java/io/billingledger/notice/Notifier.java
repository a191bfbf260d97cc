package io.billingledger.notice;

/**
 * A way out of the ledger for notices. Returns when the other side has taken the notice over and
 * throws otherwise; then, and after a crash, the same notice is handed over again. Must end within
 * half a minute.
 */
@FunctionalInterface
public interface Notifier {
  void send(Notice notice) throws Exception;
}
