package io.billingledger.journal;

/** Charts of accounts as all events so far make them. */
public interface Charts {

  /** {@link ChartState#NONE} where nobody has named anything. */
  ChartState of(String legalEntityId);
}
