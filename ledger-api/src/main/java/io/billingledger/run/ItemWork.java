package io.billingledger.run;

import io.billingledger.run.Run.Item;
import java.time.Instant;
import java.util.List;

/** A run that looks at many things, one like the other. */
interface ItemWork {

  /** A query that answers subject_id and tenant_id, and takes the run's as_of once. */
  String selection();

  /**
   * Does what is due for these, within a unit of work, and says what it came to.
   *
   * @return the same items with outcome (done or nothing due) and detail
   */
  List<Item> carryOut(List<Item> items, Instant at);
}
