package io.billingledger.benchmarks;

import static io.billingledger.benchmarks.Customers.ACTOR;

import io.billingledger.api.quota.Consumptions;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.UsageId;
import io.billingledger.wiring.UnitsOfWork;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import javax.sql.DataSource;

/**
 * How long a quota decision takes while as many callers as there are threads, a tenant each, ask
 * for one after the other: in process (decided, counted, recorded and committed) and over HTTP, in
 * turns with raw commits.
 */
final class QuotaFigure {
  private static final Consumptions.Wanted ORDER =
      new Consumptions.Wanted(null, "orders", "orders", BigDecimal.ONE);
  private static final double P50 = 0.5;
  private static final double P99 = 0.99;

  private final Ledger ledger;
  private final Load load;
  private final Load warmUp;
  private final int rounds;
  private final Customers customers;
  private final List<String> keys = new ArrayList<>();
  private final AtomicLong number = new AtomicLong(System.nanoTime());

  QuotaFigure(Ledger ledger, Load load, Load warmUp, int rounds) {
    this.ledger = ledger;
    this.load = load;
    this.warmUp = warmUp;
    this.rounds = rounds;
    this.customers = new Customers(ledger);
  }

  /** The times of one round, in milliseconds, sorted. */
  private record Times(List<Double> millis, double perSecond) {
    double at(double part) {
      return millis.get((int) (millis.size() * part));
    }
  }

  void measure(Figures figures) throws Exception {
    customers.add(load.threads());
    customers.pay();
    customers.settle();
    keys.addAll(customers.serviceKeys());
    Probe probe = new Probe(ledger.bean(DataSource.class));
    List<Double> raw = new ArrayList<>();
    List<Times> inProcess = new ArrayList<>();
    List<Times> overHttp = new ArrayList<>();
    probe.commitsPerSecond(warmUp);
    inProcess(warmUp);
    overHttp(warmUp);
    for (int round = 1; round <= rounds; round++) {
      raw.add(probe.commitsPerSecond(load));
      inProcess.add(inProcess(load));
      overHttp.add(overHttp(load));
      System.out.printf(
          Locale.ROOT,
          "round %d: raw %.0f/s; quota decisions in process %.0f/s, p50 %.2f ms, p99 %.2f ms; over"
              + " HTTP %.0f/s, p50 %.1f ms, p99 %.1f ms%n",
          round,
          raw.getLast(),
          inProcess.getLast().perSecond(),
          inProcess.getLast().at(P50),
          inProcess.getLast().at(P99),
          overHttp.getLast().perSecond(),
          overHttp.getLast().at(P50),
          overHttp.getLast().at(P99));
    }
    double probed = Load.median(raw);
    figures.put("quota_raw_commits_per_s", probed);
    put(figures, "quota_in_process", inProcess, probed);
    put(figures, "quota_over_http", overHttp, probed);
  }

  private static void put(Figures figures, String name, List<Times> rounds, double probed) {
    double perSecond = Load.median(rounds.stream().map(Times::perSecond).toList());
    figures.put(name + "_per_s", perSecond);
    figures.put(name + "_ratio", perSecond / probed);
    figures.put(
        name + "_p50_ms", Load.median(rounds.stream().map(times -> times.at(P50)).toList()));
    figures.put(
        name + "_p99_ms", Load.median(rounds.stream().map(times -> times.at(P99)).toList()));
  }

  private Times inProcess(Load threads) throws Exception {
    Consumptions consumptions = ledger.bean(Consumptions.class);
    UnitsOfWork units = ledger.bean(UnitsOfWork.class);
    Clock clock = ledger.bean(Clock.class);
    return timed(
        threads,
        thread -> {
          TenantId tenant = customers.tenants().get(thread);
          String key = "k" + number.incrementAndGet();
          Consumptions.Asked asked =
              new Consumptions.Asked(UsageId.derive(tenant, key), tenant, ACTOR, key);
          if (consumptions.together(asked, ORDER).isEmpty()) {
            Scope.tenant(
                tenant,
                () -> units.perform(() -> consumptions.consume(asked, ORDER, clock.instant())));
          }
        });
  }

  private Times overHttp(Load threads) throws Exception {
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < threads.threads(); i++) {
      connections.add(ledger.connect(keys.get(i)));
    }
    try {
      return timed(
          threads,
          thread ->
              connections
                  .get(thread)
                  .post(
                      "/api/quota/consumptions",
                      "{\"module\": \"orders\", \"metric\": \"orders\", \"quantity\": \"1\"}")
                  .done());
    } finally {
      connections.forEach(Connection::close);
    }
  }

  private static Times timed(Load threads, IntConsumer action) throws Exception {
    ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
    double perSecond =
        threads.perSecond(
            thread -> {
              long start = System.nanoTime();
              action.accept(thread);
              millis.add((System.nanoTime() - start) / 1e6);
            });
    List<Double> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    return new Times(sorted, perSecond);
  }
}
