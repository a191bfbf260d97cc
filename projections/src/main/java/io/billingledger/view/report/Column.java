package io.billingledger.view.report;

/** A column of a report. */
public record Column(String name, Kind kind) {

  /** What stands in it. */
  public enum Kind {
    TEXT,
    DATE,
    NUMBER,
    /** An amount in the currency of the row's column {@code currency}. */
    AMOUNT
  }
}
