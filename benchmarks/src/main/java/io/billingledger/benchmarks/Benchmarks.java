package io.billingledger.benchmarks;

import io.billingledger.LedgerApplication;
import io.billingledger.demo.LedgerClient;
import io.billingledger.demo.LedgerClient.Answer;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.subscription.SubscriptionCommand.SwitchAutoRenew;
import io.billingledger.wiring.UnitsOfWork;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures commands in process, commands over HTTP, and how soon a write can be read, on a ledger
 * of its own in a temporary directory. {@code quick} takes under three minutes, {@code full}
 * measures longer. Prints a table and, on the last line, the same as JSON.
 */
public final class Benchmarks {
  private static final String KEY = "blk_benchmark_0123456789abcdef0123456789abcdef";
  private static final Actor ACTOR = new Actor("benchmark");
  private static final int THREADS = 16;
  private static final int AGGREGATES = 64;
  private static final int ROUNDS = 5;

  private final ConfigurableApplicationContext ledger;
  private final Load load;
  private final LedgerClient client;
  private final List<String> tenants = new ArrayList<>();
  private final List<SubscriptionId> subscriptions = new ArrayList<>();

  private Benchmarks(ConfigurableApplicationContext ledger, Duration round) {
    this.ledger = ledger;
    this.load = new Load(THREADS, round);
    String port = ledger.getEnvironment().getProperty("local.server.port");
    this.client = new LedgerClient(URI.create("http://localhost:" + port), KEY);
  }

  public static void main(String[] arguments) throws Exception {
    boolean full = arguments.length > 0 && arguments[0].equals("full");
    Path data = Files.createTempDirectory("ledger-benchmark");
    long start = System.nanoTime();
    SpringApplication application = new SpringApplication(LedgerApplication.class);
    ConfigurableApplicationContext ledger =
        application.run(
            "--server.port=0",
            "--logging.level.root=warn",
            "--ledger.bootstrap-key=" + KEY,
            "--ledger.data-dir=" + data);
    double ready = (System.nanoTime() - start) / 1e9;
    try {
      Benchmarks benchmarks = new Benchmarks(ledger, Duration.ofSeconds(full ? 10 : 3));
      Map<String, Object> figures = benchmarks.measure(full ? 1000 : 200);
      figures.put("start_to_ready_s", round(ready));
      figures.put("resident_mb", residentMegabytes());
      System.out.println(JsonMapper.builder().build().writeValueAsString(figures));
    } finally {
      ledger.close();
    }
  }

  private Map<String, Object> measure(int samples) throws Exception {
    prepare();
    System.out.printf(
        Locale.ROOT,
        "%d threads, medians of %d rounds taken in turns; load average before %.2f%n",
        THREADS,
        ROUNDS,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    List<Double> raw = new ArrayList<>();
    List<Double> commands = new ArrayList<>();
    List<Double> http = new ArrayList<>();
    rawCommits();
    commandsInProcess();
    commandsOverHttp();
    for (int i = 0; i < ROUNDS; i++) {
      raw.add(rawCommits());
      commands.add(commandsInProcess());
      http.add(commandsOverHttp());
      System.out.printf(
          Locale.ROOT,
          "round %d: raw %.0f/s, in process %.0f/s, over HTTP %.0f/s%n",
          i + 1,
          raw.getLast(),
          commands.getLast(),
          http.getLast());
    }
    List<Double> readable = writeToReadable(samples);
    Map<String, Object> figures = new LinkedHashMap<>();
    double probe = Load.median(raw);
    figures.put("raw_commits_per_s", round(probe));
    figures.put("commands_in_process_per_s", round(Load.median(commands)));
    figures.put("commands_in_process_ratio", round(Load.median(commands) / probe));
    figures.put("commands_over_http_per_s", round(Load.median(http)));
    figures.put("commands_over_http_ratio", round(Load.median(http) / probe));
    figures.put("write_to_readable_p50_ms", round(Load.median(readable)));
    figures.put("trial_balance_zero", trialBalanceIsZero());
    figures.forEach((name, value) -> System.out.printf("%-32s %s%n", name, value));
    return figures;
  }

  private void prepare() {
    done(
        client.post(
            "/api/platform/products", Map.of("code", "app", "name", "App", "primary", true)));
    done(
        client.post(
            "/api/platform/plans",
            Map.of(
                "code",
                "basic",
                "product_code",
                "app",
                "name",
                "Basic",
                "price",
                Map.of("amount", "150000.00", "currency", "IDR"))));
    for (int i = 0; i < AGGREGATES; i++) {
      String tenant =
          done(client.post(
                  "/api/platform/tenants",
                  Map.of("name", "Tenant " + i, "owner_email", "owner@example.com")))
              .text("/id");
      tenants.add(tenant);
      subscriptions.add(
          new SubscriptionId(
              done(client.post(
                      "/api/platform/subscriptions",
                      Map.of("tenant_id", tenant, "plan_code", "basic")))
                  .text("/id")));
    }
  }

  /** One small row into a table with two indexes, one commit, through the same pool. */
  private double rawCommits() throws Exception {
    DataSource database = ledger.getBean(DataSource.class);
    AtomicLong number = new AtomicLong(System.nanoTime());
    return load.perSecond(
        _ -> {
          try (Connection connection = database.getConnection();
              PreparedStatement insert =
                  connection.prepareStatement(
                      "INSERT INTO claims (kind, key, holder, claimed_at) VALUES ('BENCHMARK', ?, ?, now())")) {
            insert.setString(1, "raw" + number.incrementAndGet());
            insert.setString(2, "benchmark");
            insert.executeUpdate();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private double commandsInProcess() throws Exception {
    UnitsOfWork work = ledger.getBean(UnitsOfWork.class);
    Commands commands = ledger.getBean(Commands.class);
    Clock clock = ledger.getBean(Clock.class);
    AtomicLong turn = new AtomicLong();
    return load.perSecond(
        thread -> {
          long n = turn.incrementAndGet();
          SubscriptionId id = subscriptions.get(thread * 4 + (int) (n % 4));
          Scope.allTenants(
              () ->
                  work.perform(
                      () ->
                          commands.send(
                              new SwitchAutoRenew(id, n % 8 < 4, null, clock.instant()), ACTOR)));
        });
  }

  /** Suspends and activates tenants by hand, with key, security, idempotency and metadata. */
  private double commandsOverHttp() throws Exception {
    LedgerClient[] clients = new LedgerClient[THREADS];
    boolean[] suspended = new boolean[THREADS];
    for (int i = 0; i < THREADS; i++) {
      clients[i] = client.withKey(KEY);
    }
    double rate =
        load.perSecond(
            thread -> {
              done(
                  clients[thread].post(
                      "/api/platform/subscriptions/tenants/%s/%s"
                          .formatted(
                              tenants.get(thread), suspended[thread] ? "activate" : "suspend"),
                      Map.of("reason", "benchmark")));
              suspended[thread] = !suspended[thread];
            });
    for (int i = 0; i < THREADS; i++) {
      if (suspended[i]) {
        done(
            clients[i].post(
                "/api/platform/subscriptions/tenants/" + tenants.get(i) + "/activate",
                Map.of("reason", "benchmark")));
      }
    }
    return rate;
  }

  /** From sending a command to having read it back, waiting by its position. */
  private List<Double> writeToReadable(int samples) {
    List<Double> millis = new ArrayList<>();
    String tenant = tenants.getLast();
    for (int i = 0; i < samples; i++) {
      String action = i % 2 == 0 ? "suspend" : "activate";
      long start = System.nanoTime();
      done(
          client.post(
              "/api/platform/subscriptions/tenants/" + tenant + "/" + action,
              Map.of("reason", "benchmark")));
      Answer read = done(client.get("/api/platform/tenants/" + tenant));
      millis.add((System.nanoTime() - start) / 1e6);
      String expected = i % 2 == 0 ? "SUSPENDED" : "ACTIVE";
      if (!read.text("/status").equals(expected)) {
        throw new IllegalStateException("read " + read.body() + " after " + action);
      }
    }
    return millis;
  }

  private boolean trialBalanceIsZero() {
    long sum = 0;
    for (JsonNode account : client.get("/api/finance/trial-balance").body().at("/accounts")) {
      sum +=
          Long.parseLong(LedgerClient.text(account, "/debit/amount").replace(".", ""))
              - Long.parseLong(LedgerClient.text(account, "/credit/amount").replace(".", ""));
    }
    return sum == 0;
  }

  private static Answer done(Answer answer) {
    if (answer.status() >= 300) {
      throw new IllegalStateException(answer.status() + " " + answer.body());
    }
    return answer;
  }

  private static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static long residentMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return -1;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(-1L);
  }
}
