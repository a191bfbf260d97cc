package io.billingledger.benchmarks;

import static io.billingledger.benchmarks.Customers.ACTOR;
import static io.billingledger.benchmarks.Json.read;
import static io.billingledger.benchmarks.Json.text;

import io.billingledger.kernel.Commands;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.TenantCommand.ActivateTenant;
import io.billingledger.tenant.TenantCommand.SuspendTenant;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;

/**
 * Holds placed and lifted by hand, on existing tenants, one event each: in process and over HTTP
 * with nobody following, in process with views and sagas following; and how soon a write can be
 * read.
 */
final class CommandFigures {
  private static final int TENANTS = 64;

  /** A server has more callers than it has threads to spare; each has a tenant of its own. */
  private static final int CLIENTS = 64;

  /** As long as rounds: much more is compiled for a request than for a command. */
  private static final int WARM_UPS_OVER_HTTP = 3;

  private final Ledger ledger;
  private final Load load;
  private final Load warmUp;
  private final int rounds;
  private final Customers customers;

  /** Those of commands in process, then those of clients. */
  private final boolean[] suspended = new boolean[TENANTS + CLIENTS];

  CommandFigures(Ledger ledger, Load load, Load warmUp, int rounds) {
    this.ledger = ledger;
    this.load = load;
    this.warmUp = warmUp;
    this.rounds = rounds;
    this.customers = new Customers(ledger);
  }

  void measure(Figures figures, int samples) throws Exception {
    customers.add(TENANTS + CLIENTS);
    Probe probe = new Probe(ledger.bean(DataSource.class));
    List<Double> raw = new ArrayList<>();
    List<Double> alone = new ArrayList<>();
    List<Double> followed = new ArrayList<>();
    List<Double> http = new ArrayList<>();
    List<Double> catchUp = new ArrayList<>();
    List<Double> rawCost = new ArrayList<>();
    List<Double> aloneCost = new ArrayList<>();
    List<Double> followedCost = new ArrayList<>();
    List<Double> httpCost = new ArrayList<>();
    probe.commitsPerSecond(warmUp);
    followers(EventProcessor::shutDown);
    inProcess(warmUp);
    overHttp(warmUp);
    for (int i = 0; i < WARM_UPS_OVER_HTTP; i++) {
      overHttp(load.by(CLIENTS));
    }
    followers(EventProcessor::start);
    customers.settle();
    for (int round = 1; round <= rounds; round++) {
      raw.add(costing(rawCost, () -> probe.commitsPerSecond(load)));
      followers(EventProcessor::shutDown);
      long before = System.nanoTime();
      alone.add(costing(aloneCost, () -> inProcess(load)));
      double events = alone.getLast() * (System.nanoTime() - before) / 1e9;
      long between = System.nanoTime();
      http.add(costing(httpCost, () -> overHttp(load.by(CLIENTS))));
      events += http.getLast() * (System.nanoTime() - between) / 1e9;
      followers(EventProcessor::start);
      long start = System.nanoTime();
      customers.settle();
      catchUp.add(events * 1e9 / (System.nanoTime() - start));
      followed.add(costing(followedCost, () -> inProcess(load)));
      customers.settle();
      System.out.printf(
          Locale.ROOT,
          "round %d: raw %.0f/s, in process %.0f/s, followed %.0f/s, over HTTP %.0f/s,"
              + " catching up %.0f events/s; processor ms each: %.2f, %.2f, %.2f, %.2f%n",
          round,
          raw.getLast(),
          alone.getLast(),
          followed.getLast(),
          http.getLast(),
          catchUp.getLast(),
          rawCost.getLast(),
          aloneCost.getLast(),
          followedCost.getLast(),
          httpCost.getLast());
    }
    double probed = Load.median(raw);
    figures.put("raw_commits_per_s", probed);
    figures.put("raw_commit_cpu_ms", Load.median(rawCost));
    figures.put("commands_in_process_cpu_ms", Load.median(aloneCost));
    figures.put("commands_followed_cpu_ms", Load.median(followedCost));
    figures.put("commands_over_http_cpu_ms", Load.median(httpCost));
    figures.put("commands_in_process_per_s", Load.median(alone));
    figures.put("commands_in_process_ratio", Load.median(alone) / probed);
    figures.put("commands_followed_per_s", Load.median(followed));
    figures.put("commands_followed_ratio", Load.median(followed) / probed);
    figures.put("commands_over_http_per_s", Load.median(http));
    figures.put("commands_over_http_ratio", Load.median(http) / probed);
    figures.put("catch_up_events_per_s", Load.median(catchUp));
    figures.put("write_to_readable_p50_ms", Load.median(writeToReadable(samples)));
    figures.require("trial_balance_zero_after_commands", customers.trialBalanceIsZero());
  }

  /** Adds the processor milliseconds of one operation to {@code costs}. */
  private double costing(List<Double> costs, Callable<Double> load) throws Exception {
    Cpu cpu = ledger.cpu();
    long before = cpu.nanos();
    long start = System.nanoTime();
    double perSecond = load.call();
    double done = perSecond * (System.nanoTime() - start) / 1e9;
    costs.add((cpu.nanos() - before) / 1e6 / done);
    return perSecond;
  }

  /** Each thread has tenants of its own. */
  private double inProcess(Load threads) throws Exception {
    Commands commands = ledger.bean(Commands.class);
    Clock clock = ledger.bean(Clock.class);
    int each = TENANTS / threads.threads();
    int[] turn = new int[threads.threads()];
    return threads.perSecond(
        thread -> {
          int which = thread * each + turn[thread]++ % each;
          TenantId tenant = customers.tenants().get(which);
          Object command =
              suspended[which]
                  ? new ActivateTenant(tenant, "benchmark", "benchmark", null, clock.instant())
                  : new SuspendTenant(tenant, "benchmark", "benchmark", null, clock.instant());
          Scope.allTenants(() -> commands.<Object>send(command, ACTOR));
          suspended[which] = !suspended[which];
        });
  }

  private double overHttp(Load clients) throws Exception {
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < clients.threads(); i++) {
      connections.add(ledger.connect());
    }
    try {
      return clients.perSecond(thread -> toggle(connections.get(thread), TENANTS + thread));
    } finally {
      connections.forEach(Connection::close);
    }
  }

  private void toggle(Connection connection, int which) {
    connection
        .post(
            "/api/platform/subscriptions/tenants/%s/%s"
                .formatted(
                    customers.tenants().get(which), suspended[which] ? "activate" : "suspend"),
            "{\"reason\": \"benchmark\"}")
        .done();
    suspended[which] = !suspended[which];
  }

  /** From sending a command to having read it back, waiting by its position. */
  private List<Double> writeToReadable(int samples) {
    List<Double> millis = new ArrayList<>();
    try (Connection connection = ledger.connect()) {
      for (int i = 0; i < samples; i++) {
        long start = System.nanoTime();
        toggle(connection, 0);
        String answer =
            connection.get("/api/platform/tenants/" + customers.tenants().getFirst()).done().body();
        millis.add((System.nanoTime() - start) / 1e6);
        if (text(read(answer), "/status").equals("SUSPENDED") != suspended[0]) {
          throw new IllegalStateException("read " + answer);
        }
      }
    }
    return millis;
  }

  private void followers(java.util.function.Consumer<EventProcessor> change) {
    Scope.allTenants(
        () ->
            ledger
                .bean(EventProcessingConfiguration.class)
                .eventProcessors()
                .values()
                .forEach(change));
  }
}
