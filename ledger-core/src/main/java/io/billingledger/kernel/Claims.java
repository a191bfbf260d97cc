package io.billingledger.kernel;

import java.util.Optional;

/**
 * The one mechanism for rules over sets: whoever writes the claim on a key first holds it.
 * Repeating a claim gives the same answer, so a retried command finds what it already owns.
 */
public interface Claims {
  /** What is claimed: {@code plan-code}, {@code running-subscription}, {@code invoice-cycle}, … */
  enum Kind {
    PRODUCT_CODE,
    PLAN_CODE,
    RUNNING_SUBSCRIPTION,
    TRIAL,
    INVOICE_CYCLE,
    INVOICE_NUMBER,
    CREDIT_NOTE_NUMBER,
    PROOF_FILE,
    COUPON_CODE,
    COUPON_USE,
    BANK_FILE,
    BANK_PAYMENT,
    MANUAL_REVERSAL
  }

  /** Claims the key for the holder unless it is taken, and answers who holds it now. */
  String claim(Kind kind, String key, String holder);

  /** Gives a key back; does nothing unless the holder holds it. */
  void release(Kind kind, String key, String holder);

  Optional<String> holder(Kind kind, String key);

  /** The next number of a gapless series, from 1. The same holder gets the same number again. */
  long next(Kind kind, String series, String holder);
}
