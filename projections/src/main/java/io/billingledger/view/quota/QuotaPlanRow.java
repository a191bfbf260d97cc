package io.billingledger.view.quota;

import io.billingledger.catalog.CatalogEvent.PlanEvent;
import io.billingledger.catalog.CatalogEvent.PlanPublished;
import io.billingledger.catalog.CatalogEvent.PlanRetired;
import io.billingledger.catalog.CatalogEvent.PlanVersionPublished;
import io.billingledger.view.StreamRow;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A plan's code: limits are kept under it, as subscriptions name it. */
@Entity
@Table(name = "view_quota_plan")
public class QuotaPlanRow extends StreamRow<PlanEvent> {
  @Id private String planId;
  private String code;

  @Override
  protected void apply(PlanEvent event) {
    switch (event) {
      case PlanPublished e -> {
        planId = e.planId().value();
        code = e.code();
      }
      case PlanVersionPublished _, PlanRetired _ -> {
        // A version's limits have rows of their own; a retired plan's go on.
      }
    }
  }

  String code() {
    return code;
  }
}
