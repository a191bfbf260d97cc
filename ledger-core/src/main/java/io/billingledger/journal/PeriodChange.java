package io.billingledger.journal;

/** What can be done with a month of the books, by two people. */
public enum PeriodChange {
  /** Nothing is posted in it any more. */
  CLOSE,
  /** It is never opened again, and no month before it. */
  LOCK,
  /** Posting in it is possible again. */
  REOPEN
}
