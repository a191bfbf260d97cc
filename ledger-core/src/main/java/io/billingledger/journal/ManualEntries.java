package io.billingledger.journal;

import io.billingledger.kernel.ManualEntryId;

/** Manual entries as all events so far make them. */
public interface ManualEntries {

  /** {@link ManualEntryState#NONE} where there is none. */
  ManualEntryState of(ManualEntryId id);
}
