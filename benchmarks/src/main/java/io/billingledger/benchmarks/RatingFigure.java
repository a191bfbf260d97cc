package io.billingledger.benchmarks;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.Aggregation;
import io.billingledger.catalog.DunningPolicy;
import io.billingledger.catalog.LateUsage;
import io.billingledger.catalog.Meter;
import io.billingledger.catalog.MeterType;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.Pricing;
import io.billingledger.catalog.TaxBehaviour;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.rating.PricingEngine;
import io.billingledger.rating.RatedReading;
import io.billingledger.rating.UsageRating;
import io.billingledger.rating.UsageSpan;
import io.billingledger.rating.UsedQuantities;
import io.billingledger.time.BillingInterval;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Rating of many subscriptions that each used a meter often, from the stored records to amounts
 * with their explanations, in turns with one statement of the database that only sums the same
 * records up.
 */
final class RatingFigure {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-02-01T00:00:00Z");
  private static final int THREADS = 4;
  private static final BigDecimal UNIT_PRICE = new BigDecimal("20");
  private static final BigDecimal EACH = new BigDecimal("1.5");

  private final Ledger ledger;
  private final int subscriptions;
  private final int records;
  private final PlanTerms terms = terms();
  private final List<UsageSpan> spans = new ArrayList<>();

  /**
   * @param records of each subscription
   */
  RatingFigure(Ledger ledger, int subscriptions, int records) {
    this.ledger = ledger;
    this.subscriptions = subscriptions;
    this.records = records;
  }

  void measure(Figures figures, int rounds) throws Exception {
    try (Connection owner = owner()) {
      fill(owner);
      List<Double> summed = new ArrayList<>();
      List<Double> rated = new ArrayList<>();
      sum(owner);
      rate();
      for (int round = 1; round <= rounds; round++) {
        summed.add(sum(owner));
        rated.add(rate());
        System.out.printf(
            Locale.ROOT,
            "round %d: summed in %.2f s, rated in %.2f s%n",
            round,
            summed.getLast(),
            rated.getLast());
      }
      figures.put("rating_records", (double) subscriptions * records);
      figures.put("rating_sums_s", Load.median(summed));
      figures.put("rating_s", Load.median(rated));
      figures.put("rating_ratio", Load.median(rated) / Load.median(summed));
    }
  }

  private Connection owner() throws SQLException {
    FlywayConnectionDetails owner = ledger.bean(FlywayConnectionDetails.class);
    return DriverManager.getConnection(
        owner.getJdbcUrl(), owner.getUsername(), owner.getPassword());
  }

  private void fill(Connection owner) throws SQLException {
    try (Statement statement = owner.createStatement()) {
      statement.execute("SELECT set_config('ledger.scope', '" + Scope.ALL + "', false)");
      statement.execute("SELECT usage_part('" + FROM + "')");
      statement.execute(
          "CREATE TABLE benchmark_sums (subscription_id text, used numeric, records bigint)");
    }
    try (PreparedStatement insert =
        owner.prepareStatement(
            """
            INSERT INTO usage_fact (tenant_id, position, id, recorded_at, actor, idempotency_key,
              subscription_id, named, metric, quantity, used_at, single)
            SELECT ?, ? + n, ? || n, ?::timestamptz, 'benchmark', ? || n, ?, true, 'api_calls', ?,
              ?::timestamptz + n * interval '1 second', false
            FROM generate_series(1, ?) AS n
            """)) {
      for (int i = 0; i < subscriptions; i++) {
        TenantId tenant = TenantId.next();
        SubscriptionId subscription = SubscriptionId.next();
        insert.setString(1, tenant.value());
        insert.setLong(2, (long) i * records);
        insert.setString(3, "usg_" + i + "_");
        insert.setString(4, FROM.toString());
        insert.setString(5, "k" + i + "_");
        insert.setString(6, subscription.value());
        insert.setBigDecimal(7, EACH);
        insert.setString(8, FROM.toString());
        insert.setInt(9, records);
        insert.executeUpdate();
        spans.add(
            new UsageSpan(
                tenant, subscription, "benchmark", 1, FROM, TO, terms.meters(), List.of()));
      }
    }
    try (Statement statement = owner.createStatement()) {
      statement.execute("ANALYZE usage_fact");
    }
  }

  private double sum(Connection owner) throws SQLException {
    long start = System.nanoTime();
    try (Statement statement = owner.createStatement()) {
      statement.execute("TRUNCATE benchmark_sums");
      statement.execute(
          "INSERT INTO benchmark_sums SELECT subscription_id, sum(quantity), count(*)"
              + " FROM usage_fact GROUP BY subscription_id");
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private double rate() throws Exception {
    UsedQuantities quantities = ledger.bean(UsedQuantities.class);
    TransactionTemplate transaction =
        new TransactionTemplate(ledger.bean(PlatformTransactionManager.class));
    Money expected =
        Money.of(
            CurrencyUnit.of("IDR"),
            UNIT_PRICE.multiply(EACH).multiply(BigDecimal.valueOf(records)));
    long start = System.nanoTime();
    try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> all = new ArrayList<>();
      for (UsageSpan span : spans) {
        all.add(
            pool.submit(
                () -> {
                  RatedReading rated =
                      Scope.allTenants(
                          () ->
                              transaction.execute(
                                  _ ->
                                      UsageRating.rate(
                                          terms, quantities.read(span), PricingEngine.CURRENT)));
                  if (!rated.total(expected.getCurrencyUnit()).isEqual(expected)) {
                    throw new IllegalStateException("rated " + rated);
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static PlanTerms terms() {
    Money nothing = Money.zero(CurrencyUnit.of("IDR"));
    return new PlanTerms(
        1,
        LocalDate.of(2026, 1, 1),
        nothing,
        TaxBehaviour.INCLUSIVE,
        new BillingInterval.RollingDays(30),
        0,
        nothing,
        Activation.IMMEDIATE,
        List.of(),
        DunningPolicy.DEFAULT,
        List.of(),
        List.of(
            new Meter(
                "api_calls",
                "API calls",
                null,
                MeterType.COUNTER,
                Aggregation.SUM,
                null,
                List.of(),
                List.of(),
                LateUsage.NEXT_PERIOD_CORRECTION,
                Pricing.overage(BigDecimal.ZERO, UNIT_PRICE))),
        null,
        null,
        null,
        null,
        null);
  }
}
