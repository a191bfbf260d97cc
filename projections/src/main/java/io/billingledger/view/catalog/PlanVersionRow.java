package io.billingledger.view.catalog;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.ChangeRule;
import io.billingledger.catalog.ChangeTiming;
import io.billingledger.catalog.DunningPolicy;
import io.billingledger.catalog.Enforcement;
import io.billingledger.catalog.Meter;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.RevenueMethod;
import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.catalog.UsageLimit;
import io.billingledger.catalog.UsageTerms;
import io.billingledger.catalog.VersionReach;
import io.billingledger.time.BillingInterval;
import io.billingledger.time.BillingInterval.CalendarMonths;
import io.billingledger.time.BillingInterval.RollingDays;
import io.billingledger.time.ProrationBasis;
import io.billingledger.view.RowJson;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Fetch;
import org.hibernate.annotations.FetchMode;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** One published version of a plan; it is written once and never changes. */
@Entity
@IdClass(PlanVersionRow.Key.class)
@Table(name = "view_plan_version")
class PlanVersionRow {
  record Key(String planId, int number) implements Serializable {}

  private enum IntervalKind {
    ROLLING_DAYS,
    CALENDAR_MONTHS
  }

  @Embeddable
  static class Limit {
    private String module;
    private String metric;

    @Column(name = "included")
    private BigDecimal limit;

    @Enumerated(EnumType.STRING)
    private Enforcement enforcement;

    private BigDecimal overageUnitPrice;
  }

  @Embeddable
  static class Rule {
    private String toPlanCode;

    @Enumerated(EnumType.STRING)
    private ChangeTiming timing;
  }

  @Id
  @Column(name = "plan_id")
  private String planId;

  @Id
  @Column(name = "number")
  private int number;

  private LocalDate validFrom;
  private BigDecimal price;
  private String currency;

  @Enumerated(EnumType.STRING)
  private TaxBehaviour taxBehaviour;

  @Enumerated(EnumType.STRING)
  private IntervalKind intervalKind;

  private int intervalLength;
  private Integer anchorDay;
  private int trialDays;
  private BigDecimal setupFee;

  @Enumerated(EnumType.STRING)
  private Activation activation;

  private int issueDaysBefore;
  private int paymentDays;
  private String reminders;
  private LocalTime noticeTime;
  private int pastDueAfter;
  private int suspendAfter;
  private int terminateAfter;
  private int pauseForProofDays;
  private BigDecimal minimum;
  private BigDecimal maximum;

  @Enumerated(EnumType.STRING)
  private VersionReach appliesTo;

  private int usageGraceDays;
  private BigDecimal trialBalance;

  @Enumerated(EnumType.STRING)
  private ProrationBasis proration;

  @Enumerated(EnumType.STRING)
  @Column(name = "revenue_method")
  private RevenueMethod revenue;

  /** For questions that the database answers. */
  private boolean postpaid;

  /** JSON: nobody asks for one of them without the version. */
  private String meters;

  @ElementCollection(fetch = FetchType.EAGER)
  @Fetch(FetchMode.SELECT)
  @BatchSize(size = 100)
  @CollectionTable(
      name = "view_plan_limit",
      joinColumns = {@JoinColumn(name = "plan_id"), @JoinColumn(name = "number")})
  @OrderColumn(name = "place")
  private List<Limit> limits;

  @ElementCollection(fetch = FetchType.EAGER)
  @Fetch(FetchMode.SELECT)
  @BatchSize(size = 100)
  @CollectionTable(
      name = "view_plan_change_rule",
      joinColumns = {@JoinColumn(name = "plan_id"), @JoinColumn(name = "number")})
  @OrderColumn(name = "place")
  private List<Rule> changeRules;

  protected PlanVersionRow() {}

  PlanVersionRow(String planId, PlanTerms terms) {
    this.planId = planId;
    number = terms.version();
    validFrom = terms.validFrom();
    price = terms.price().getAmount();
    currency = terms.price().getCurrencyUnit().getCode();
    taxBehaviour = terms.taxBehaviour();
    switch (terms.interval()) {
      case RollingDays(int days) -> {
        intervalKind = IntervalKind.ROLLING_DAYS;
        intervalLength = days;
      }
      case CalendarMonths(int months, Integer day) -> {
        intervalKind = IntervalKind.CALENDAR_MONTHS;
        intervalLength = months;
        anchorDay = day;
      }
    }
    trialDays = terms.trialDays();
    setupFee = terms.setupFee().getAmount();
    activation = terms.activation();
    DunningPolicy dunning = terms.dunning();
    issueDaysBefore = dunning.issueDaysBefore();
    paymentDays = dunning.paymentDays();
    reminders = dunning.reminders().stream().map(String::valueOf).collect(Collectors.joining(","));
    noticeTime = dunning.noticeTime();
    pastDueAfter = dunning.pastDueAfter();
    suspendAfter = dunning.suspendAfter();
    terminateAfter = dunning.terminateAfter();
    pauseForProofDays = dunning.pauseForProofDays();
    minimum = amount(terms.minimum());
    maximum = amount(terms.maximum());
    appliesTo = terms.appliesTo();
    usageGraceDays = terms.usage().graceDays();
    trialBalance = amount(terms.usage().trialBalance());
    proration = terms.proration();
    revenue = terms.revenue();
    postpaid = terms.postpaid();
    meters = RowJson.write(terms.meters());
    limits = terms.limits().stream().map(PlanVersionRow::row).toList();
    changeRules = terms.changeRules().stream().map(PlanVersionRow::row).toList();
  }

  PlanTerms terms() {
    CurrencyUnit unit = CurrencyUnit.of(currency);
    return new PlanTerms(
        number,
        validFrom,
        Money.of(unit, price),
        taxBehaviour,
        interval(),
        trialDays,
        Money.of(unit, setupFee),
        activation,
        limits.stream()
            .map(
                row ->
                    new UsageLimit(
                        row.module, row.metric, row.limit, row.enforcement, row.overageUnitPrice))
            .toList(),
        new DunningPolicy(
            issueDaysBefore,
            paymentDays,
            reminders.isEmpty()
                ? List.of()
                : Arrays.stream(reminders.split(",")).map(Integer::valueOf).toList(),
            noticeTime,
            pastDueAfter,
            suspendAfter,
            terminateAfter,
            pauseForProofDays),
        changeRules.stream().map(row -> new ChangeRule(row.toPlanCode, row.timing)).toList(),
        RowJson.read(meters, Meter.class),
        money(minimum, unit),
        money(maximum, unit),
        appliesTo,
        new UsageTerms(usageGraceDays, money(trialBalance, unit)),
        proration,
        revenue);
  }

  private static BigDecimal amount(Money money) {
    return money == null ? null : money.getAmount();
  }

  private static Money money(BigDecimal amount, CurrencyUnit unit) {
    return amount == null ? null : Money.of(unit, amount);
  }

  private BillingInterval interval() {
    return switch (intervalKind) {
      case ROLLING_DAYS -> new RollingDays(intervalLength);
      case CALENDAR_MONTHS -> new CalendarMonths(intervalLength, anchorDay);
    };
  }

  private static Limit row(UsageLimit limit) {
    Limit row = new Limit();
    row.module = limit.module();
    row.metric = limit.metric();
    row.limit = limit.limit();
    row.enforcement = limit.enforcement();
    row.overageUnitPrice = limit.overageUnitPrice();
    return row;
  }

  private static Rule row(ChangeRule rule) {
    Rule row = new Rule();
    row.toPlanCode = rule.toPlanCode();
    row.timing = rule.timing();
    return row;
  }
}
