package io.billingledger.view.account;

import io.billingledger.view.ViewTables;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.hibernate.jpa.HibernateHints;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The movements of the tenants' credit. */
public class CreditMovements {
  private final EntityManager entities;

  public CreditMovements(EntityManager entities) {
    this.entities = entities;
  }

  void add(CreditMovement movement) {
    entities.persist(movement);
  }

  void removeAll() {
    ViewTables.empty(entities, "view_credit_movement");
  }

  /** Zero before the first movement. */
  Money balance(String creditId, CurrencyUnit currency) {
    return entities
        .createQuery(
            "select m from CreditMovement m where m.key.creditId = :credit"
                + " and m.currency = :currency order by m.key.sequence desc",
            CreditMovement.class)
        .setParameter("credit", creditId)
        .setParameter("currency", currency.getCode())
        .setMaxResults(1)
        .getResultStream()
        .findFirst()
        .map(CreditMovement::balance)
        .orElse(Money.zero(currency));
  }

  /** The newest first. */
  public List<CreditMovement> of(String creditId, long before, int limit) {
    return entities
        .createQuery(
            "select m from CreditMovement m where m.key.creditId = :credit"
                + " and m.key.sequence < :before order by m.key.sequence desc",
            CreditMovement.class)
        .setParameter("credit", creditId)
        .setParameter("before", before)
        .setHint(HibernateHints.HINT_READ_ONLY, true)
        .setMaxResults(limit)
        .getResultList();
  }

  public Optional<CreditMovement> last(String creditId) {
    return of(creditId, Long.MAX_VALUE, 1).stream().findFirst();
  }
}
