package io.billingledger.view.subscription;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.subscription.SubscriptionEvent.CycleStarted;
import io.billingledger.subscription.SubscriptionEvent.PlanChanged;
import io.billingledger.subscription.SubscriptionEvent.TrialStarted;
import io.billingledger.time.BillingPeriod;
import io.billingledger.view.RowJson;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A cycle of a subscription (H29); cycle 0 is the trial. */
@Entity
@IdClass(CycleRow.Key.class)
@Table(name = "view_subscription_cycle")
public class CycleRow {
  record Key(String subscriptionId, int cycleNo) implements Serializable {}

  @Id private String subscriptionId;
  @Id private int cycleNo;
  private String tenantId;
  private LocalDate periodStart;
  private LocalDate periodEnd;
  private String planCode;
  private int planVersion;
  private LocalDate planSince;
  private String earlierPlans = RowJson.NONE;

  @Enumerated(EnumType.STRING)
  private CycleStatus status;

  private String invoiceId;
  private boolean settled;
  private Instant startedAt;
  private Instant closedAt;

  protected CycleRow() {}

  CycleRow(String subscriptionId, String tenantId, int cycleNo) {
    this.subscriptionId = subscriptionId;
    this.tenantId = tenantId;
    this.cycleNo = cycleNo;
  }

  void invoiced(CycleInvoiceRequested e) {
    if (status != CycleStatus.OPEN) {
      of(e.period(), e.planCode(), e.planVersion(), CycleStatus.INVOICED);
    }
    invoiceId = e.invoiceId().value();
    settled = false;
  }

  void started(CycleStarted e) {
    of(e.period(), e.planCode(), e.planVersion(), CycleStatus.OPEN);
    startedAt = e.at();
  }

  void started(TrialStarted e) {
    of(e.period(), e.planCode(), e.planVersion(), CycleStatus.OPEN);
    startedAt = e.at();
  }

  /** A part of the cycle on one version of a plan. */
  public record PlanPart(String planCode, int planVersion, BillingPeriod period) {}

  void changed(PlanChanged e) {
    if (planSince.isBefore(e.effectiveOn())) {
      earlierPlans =
          RowJson.add(
              earlierPlans,
              new PlanPart(planCode, planVersion, new BillingPeriod(planSince, e.effectiveOn())),
              PlanPart.class);
    }
    planSince = e.effectiveOn();
    planCode = e.planCode();
    planVersion = e.planVersion();
  }

  /** An invoice beside the cycle's own settles nothing of it. */
  void settle(InvoiceId invoice) {
    settled |= invoice.value().equals(invoiceId);
  }

  void close(Instant at) {
    if (status != CycleStatus.CLOSED) {
      status = CycleStatus.CLOSED;
      closedAt = at;
    }
  }

  private void of(BillingPeriod period, String plan, int version, CycleStatus now) {
    periodStart = period.start();
    periodEnd = period.end();
    planCode = plan;
    planVersion = version;
    planSince = period.start();
    status = now;
  }

  public String subscriptionId() {
    return subscriptionId;
  }

  public int cycleNo() {
    return cycleNo;
  }

  public String tenantId() {
    return tenantId;
  }

  public BillingPeriod period() {
    return new BillingPeriod(periodStart, periodEnd);
  }

  public String planCode() {
    return planCode;
  }

  public int planVersion() {
    return planVersion;
  }

  /** The parts of the cycle by plan, in their order; usually one. */
  public List<PlanPart> plans() {
    List<PlanPart> plans = new ArrayList<>(RowJson.read(earlierPlans, PlanPart.class));
    plans.add(new PlanPart(planCode, planVersion, new BillingPeriod(planSince, periodEnd)));
    return plans;
  }

  public CycleStatus status() {
    return status;
  }

  /** Null for a trial, and while an invoice that comes with usage is not asked for. */
  public String invoiceId() {
    return invoiceId;
  }

  public boolean settled() {
    return settled;
  }

  /** When it really turned; its period may have begun before. */
  public Instant startedAt() {
    return startedAt;
  }

  public Instant closedAt() {
    return closedAt;
  }
}
