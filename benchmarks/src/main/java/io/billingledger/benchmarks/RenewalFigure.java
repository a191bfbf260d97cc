package io.billingledger.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * A renewal run over many subscriptions, all of them due, from its request over HTTP to the last
 * invoice that can be read. Sandbox time has jumped to the day of the renewals with no deadline
 * run, as after an outage; sagas, views and notices follow while the run works.
 */
final class RenewalFigure {
  private final Ledger ledger;
  private final Load load;

  RenewalFigure(Ledger ledger, Load load) {
    this.ledger = ledger;
    this.load = load;
  }

  void measure(Figures figures, int subscriptions, int rounds) throws Exception {
    Probe probe = new Probe(ledger.bean(DataSource.class));
    Customers customers = new Customers(ledger);
    customers.add(subscriptions);
    Renewals all = new Renewals(ledger, customers, subscriptions);
    List<Double> raw = new ArrayList<>();
    List<Double> renewals = new ArrayList<>();
    List<Double> settled = new ArrayList<>();
    List<Double> cost = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      all.makeDue(round);
      raw.add(probe.commitsPerSecond(load));
      long asked = System.nanoTime();
      long spent = ledger.cpu().nanos();
      all.run(round);
      renewals.add(subscriptions * 1e9 / (System.nanoTime() - asked));
      customers.settle();
      settled.add(subscriptions * 1e9 / (System.nanoTime() - asked));
      cost.add((ledger.cpu().nanos() - spent) / 1e6 / subscriptions);
      System.out.printf(
          Locale.ROOT,
          "run %d: raw %.0f/s, %d renewals at %.0f/s to their readable invoices, %.0f/s to all"
              + " that follows, %.2f ms of processors each%n",
          round,
          raw.getLast(),
          subscriptions,
          renewals.getLast(),
          settled.getLast(),
          cost.getLast());
    }
    figures.put("renewals_subscriptions", subscriptions);
    figures.put("renewals_raw_commits_per_s", Load.median(raw));
    figures.put("renewals_per_s", Load.median(renewals));
    figures.put("renewals_ratio", Load.median(renewals) / Load.median(raw));
    figures.put("renewals_settled_per_s", Load.median(settled));
    figures.put("renewals_cpu_ms", Load.median(cost));
    figures.require(
        "renewals_numbers_without_gap",
        customers
            // A series for each year: sandbox time may pass the turn of one.
            .query(
                "SELECT count(*) || '/' || max(right(invoice_number, 6)::integer)"
                    + " FROM view_invoice GROUP BY left(invoice_number, -7)")
            .stream()
            .allMatch(counts -> counts.split("/")[0].equals(counts.split("/")[1])));
    figures.require("trial_balance_zero_after_renewals", customers.trialBalanceIsZero());
  }
}
