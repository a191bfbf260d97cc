package io.billingledger.view.catalog;

import io.billingledger.catalog.CatalogEvent.PlanEvent;
import io.billingledger.catalog.CatalogEvent.PlanPublished;
import io.billingledger.catalog.CatalogEvent.PlanRetired;
import io.billingledger.catalog.CatalogEvent.PlanVersionPublished;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.view.StreamRow;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Fetch;
import org.hibernate.annotations.FetchMode;

/** A plan with every version that was published. */
@Entity
@Table(name = "view_plan")
public class PlanRow extends StreamRow<PlanEvent> {
  @Id
  @Column(name = "plan_id")
  private String planId;

  private String code;
  private String productCode;
  private String name;
  private String description;
  private int displayOrder;
  private boolean active;
  private Instant createdAt;

  @OneToMany(cascade = CascadeType.ALL, fetch = FetchType.EAGER)
  @JoinColumn(name = "plan_id", insertable = false, updatable = false)
  @OrderBy("number")
  @Fetch(FetchMode.SELECT)
  @BatchSize(size = 100)
  private List<PlanVersionRow> versions = new ArrayList<>();

  @Override
  protected void apply(PlanEvent event) {
    switch (event) {
      case PlanPublished e -> {
        planId = e.planId().value();
        code = e.code();
        productCode = e.productCode();
        name = e.name();
        description = e.description();
        displayOrder = e.displayOrder();
        active = true;
        createdAt = e.at();
        versions.add(new PlanVersionRow(planId, e.terms()));
      }
      case PlanVersionPublished e -> versions.add(new PlanVersionRow(planId, e.terms()));
      case PlanRetired _ -> active = false;
    }
  }

  public String planId() {
    return planId;
  }

  public String code() {
    return code;
  }

  public String productCode() {
    return productCode;
  }

  public String name() {
    return name;
  }

  public String description() {
    return description;
  }

  public int displayOrder() {
    return displayOrder;
  }

  public boolean active() {
    return active;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Every version, the first one first. */
  public List<PlanTerms> versions() {
    return versions.stream().map(PlanVersionRow::terms).toList();
  }

  /** The latest version that holds on the date; the first one before any does. */
  public PlanTerms inForce(LocalDate on) {
    return versions().stream()
        .filter(terms -> !terms.validFrom().isAfter(on))
        .reduce((earlier, later) -> later)
        .orElseGet(() -> versions().getFirst());
  }
}
