package io.billingledger.bank;

/** In what form a bank published a statement. */
public enum StatementFormat {
  /** ISO 20022 {@code camt.053}. */
  CAMT_053,
  /** SWIFT's customer statement message. */
  MT940,
  /** By a mapping that is kept for the bank. */
  CSV
}
