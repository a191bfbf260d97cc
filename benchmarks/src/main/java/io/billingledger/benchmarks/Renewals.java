package io.billingledger.benchmarks;

import static io.billingledger.benchmarks.Json.read;
import static io.billingledger.benchmarks.Json.text;

import io.billingledger.wiring.Outage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Runs that renew all subscriptions of a ledger, one cycle after the other. */
final class Renewals {
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final Ledger ledger;
  private final Customers customers;
  private final int subscriptions;
  private final Instant start;

  Renewals(Ledger ledger, Customers customers, int subscriptions) {
    this.ledger = ledger;
    this.customers = customers;
    this.subscriptions = subscriptions;
    this.start = ledger.bean(Clock.class).instant();
  }

  /** What is open is paid, and the next cycle of all is due; {@code round} from 1. */
  void makeDue(int round) {
    customers.pay();
    // Past the midnight in Jakarta at which the coming cycle's invoices are due to be issued.
    Outage.until(start.plus(Duration.ofDays(30L * round - 6)), ledger.context());
  }

  /** Until the last invoice can be read. */
  void run(int round) throws InterruptedException {
    run();
    await(round + 1);
  }

  private void run() throws InterruptedException {
    try (Connection connection = ledger.connect()) {
      String run =
          text(
              read(
                  connection
                      .post("/api/platform/runs/renewals", "{\"dry_run\": false}")
                      .done()
                      .body()),
              "/id");
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (true) {
        String body = connection.get("/api/platform/runs/" + run).done().body();
        switch (text(read(body), "/status")) {
          case "QUEUED", "RUNNING" -> Thread.sleep(50);
          case "DONE" -> {
            return;
          }
          default -> throw new IllegalStateException(body);
        }
        if (System.nanoTime() > end) {
          throw new IllegalStateException("the run takes too long: " + body);
        }
      }
    }
  }

  private void await(int cycle) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!customers
        .query("SELECT count(*)::text FROM view_invoice WHERE cycle_no = " + cycle)
        .equals(List.of(String.valueOf(subscriptions)))) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not all invoices of cycle " + cycle + " can be read");
      }
      Thread.sleep(20);
    }
  }
}
