package io.billingledger.catalog;

/** Whether a catalogue price contains its tax (T06, the default) or has it added (B38). */
public enum TaxBehaviour {
  INCLUSIVE,
  EXCLUSIVE
}
