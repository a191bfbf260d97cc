package io.billingledger.kernel;

/**
 * A business "no": which rule refused a command, in words for a person and a code for a program.
 * Each feature seals its own refusals; codes are stable and unique.
 */
public interface Rejection {

  /** What kind of "no" this is; the HTTP interface answers with the status named here. */
  enum Kind {
    /** The command itself is not acceptable, whatever the state (422). */
    INVALID,
    /** The caller may not do this now (403). */
    FORBIDDEN,
    /** What is named does not exist, or not for this caller (404). */
    NOT_FOUND,
    /** The state of the ledger does not allow it (409). */
    CONFLICT,
    /** The caller decided on an older version than the present one (412). */
    STALE
  }

  /** Stable code such as {@code invoice.not-payable}. */
  String code();

  Kind kind();

  /** One sentence for a person, naming the values that decided. */
  String detail();
}
