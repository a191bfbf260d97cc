package io.billingledger.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Usage over HTTP in batches of a thousand, every record with a key of its own, in turns with
 * {@code COPY} of as many rows into a table with the same columns and keys.
 */
final class UsageFigures {
  private static final int BATCH = 1000;
  private static final int TENANTS = 16;

  private final Ledger ledger;
  private final Load load;
  private final Load warmUp;
  private final int rounds;
  private final Customers customers;
  private final List<String> keys = new ArrayList<>();
  private final AtomicLong number = new AtomicLong(System.nanoTime());

  /**
   * @param load who brings usage
   */
  UsageFigures(Ledger ledger, Load load, Load warmUp, int rounds) {
    this.ledger = ledger;
    this.load = load;
    this.warmUp = warmUp;
    this.rounds = rounds;
    this.customers = new Customers(ledger);
  }

  void measure(Figures figures) throws Exception {
    customers.add(TENANTS);
    customers.pay();
    keys.addAll(customers.serviceKeys());
    List<Double> copied = new ArrayList<>();
    List<Double> arrays = new ArrayList<>();
    List<Double> streams = new ArrayList<>();
    try (CopyProbe probe = new CopyProbe(ledger)) {
      probe.rowsPerSecond(warmUp, BATCH);
      ingest(warmUp, "application/json");
      ingest(warmUp, "application/x-ndjson");
      for (int round = 1; round <= rounds; round++) {
        copied.add(probe.rowsPerSecond(load, BATCH));
        arrays.add(ingest(load, "application/json"));
        streams.add(ingest(load, "application/x-ndjson"));
        System.out.printf(
            Locale.ROOT,
            "round %d: copied %.0f/s, arrays %.0f/s, streams %.0f/s%n",
            round,
            copied.getLast(),
            arrays.getLast(),
            streams.getLast());
      }
    }
    figures.put("usage_copy_rows_per_s", Load.median(copied));
    figures.put("usage_arrays_per_s", Load.median(arrays));
    figures.put("usage_arrays_ratio", Load.median(arrays) / Load.median(copied));
    figures.put("usage_streams_per_s", Load.median(streams));
    figures.put("usage_streams_ratio", Load.median(streams) / Load.median(copied));
  }

  private double ingest(Load threads, String type) throws Exception {
    List<Connection> connections = connections(threads);
    boolean lines = type.endsWith("ndjson");
    try {
      return BATCH
          * threads.perSecond(
              thread -> {
                String answer =
                    connections
                        .get(thread)
                        .post("/api/usage/batch", type, batch(lines))
                        .done()
                        .body();
                if (answer.contains("rejected\",") || answer.contains("duplicate\",")) {
                  throw new IllegalStateException(answer.substring(0, 200));
                }
              });
    } finally {
      connections.forEach(Connection::close);
    }
  }

  private byte[] batch(boolean lines) {
    String at = now().toString();
    StringBuilder body = new StringBuilder(BATCH * 140).append(lines ? "" : "[");
    for (int i = 0; i < BATCH; i++) {
      body.append(i == 0 ? "" : lines ? "\n" : ",")
          .append("{\"metric\": \"api_calls\", \"quantity\": \"1.5\", \"timestamp\": \"")
          .append(at)
          .append("\", \"properties\": {\"region\": \"west\"}, \"idempotency_key\": \"k")
          .append(number.incrementAndGet())
          .append("\"}");
    }
    return body.append(lines ? "" : "]").toString().getBytes(StandardCharsets.UTF_8);
  }

  private List<Connection> connections(Load threads) {
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < threads.threads(); i++) {
      connections.add(ledger.connect(keys.get(i % keys.size())));
    }
    return connections;
  }

  private Instant now() {
    return ledger.bean(Clock.class).instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
