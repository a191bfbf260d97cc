package io.billingledger.view.quota;

import io.billingledger.catalog.Enforcement;
import io.billingledger.catalog.UsageLimit;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;

/** What a plan version includes of a metric; as a published version, it never changes. */
@Entity
@IdClass(QuotaLimitRow.Key.class)
@Table(name = "view_quota_limit")
public class QuotaLimitRow {
  record Key(String planCode, int planVersion, String module, String metric)
      implements Serializable {}

  @Id private String planCode;
  @Id private int planVersion;
  @Id private String module;
  @Id private String metric;
  private int place;
  private BigDecimal included;

  @Enumerated(EnumType.STRING)
  private Enforcement enforcement;

  private BigDecimal overageUnitPrice;

  protected QuotaLimitRow() {}

  /**
   * @param place among the version's limits, from 0
   */
  QuotaLimitRow(String planCode, int planVersion, int place, UsageLimit limit) {
    this.planCode = planCode;
    this.planVersion = planVersion;
    this.module = limit.module();
    this.metric = limit.metric();
    this.place = place;
    this.included = limit.limit();
    this.enforcement = limit.enforcement();
    this.overageUnitPrice = limit.overageUnitPrice();
  }

  public Enforcement enforcement() {
    return enforcement;
  }
}
