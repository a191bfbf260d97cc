package io.billingledger.api.idempotency;

/** An answer with something that is told once: what is stored, and repeated, is {@link #again}. */
public interface AnsweredOnce {
  Object again();
}
