package io.billingledger.view.catalog;

import io.billingledger.catalog.CatalogEvent.CouponCreated;
import io.billingledger.catalog.CatalogEvent.CouponEvent;
import io.billingledger.catalog.CatalogEvent.CouponRetired;
import io.billingledger.catalog.CouponTerms;
import io.billingledger.view.RowJson;
import io.billingledger.view.StreamRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** A coupon. How often it is used, the claims on its uses say. */
@Entity
@Table(name = "view_coupon")
public class CouponRow extends StreamRow<CouponEvent> {
  @Id private String couponId;

  @Column(updatable = false)
  private String code;

  @Column(updatable = false)
  private String terms;

  @Column(updatable = false)
  private Instant createdAt;

  private Instant retiredAt;

  @Override
  protected void apply(CouponEvent event) {
    switch (event) {
      case CouponCreated e -> {
        couponId = e.couponId().value();
        code = e.code();
        terms = RowJson.write(List.of(e.terms()));
        createdAt = e.at();
      }
      case CouponRetired e -> retiredAt = e.at();
    }
  }

  public String couponId() {
    return couponId;
  }

  public String code() {
    return code;
  }

  public CouponTerms terms() {
    return RowJson.read(terms, CouponTerms.class).getFirst();
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Null while it can be redeemed. */
  public Instant retiredAt() {
    return retiredAt;
  }
}
