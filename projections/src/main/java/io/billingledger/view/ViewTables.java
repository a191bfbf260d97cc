package io.billingledger.view;

import jakarta.persistence.EntityManager;

/** Tables of views, which a rebuild fills again. */
public final class ViewTables {
  private ViewTables() {}

  /**
   * In this order; who begins to read one of them waits until the running transaction has ended.
   */
  public static void empty(EntityManager rows, String... tables) {
    for (String table : tables) {
      rows.createNativeQuery("SELECT CAST(ledger_empty_view(:table) AS text)")
          .setParameter("table", table)
          .getSingleResult();
    }
  }
}
