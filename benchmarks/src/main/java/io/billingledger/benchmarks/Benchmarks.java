package io.billingledger.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Measures the ledger beside a raw probe of its database, on ledgers of its own in temporary
 * directories. {@code quick} takes about three minutes, {@code full} as long as it takes; names
 * after it choose some of {@code commands}, {@code renewals}, {@code rebuild}, {@code usage},
 * {@code quota}, {@code rating} and {@code books}. Prints what it does, a table, and on the last
 * line the same as JSON.
 */
public final class Benchmarks {
  private static final int THREADS = 16;
  private static final int BRINGING = 4;

  private Benchmarks() {}

  public static void main(String[] arguments) throws Exception {
    boolean full = arguments[0].equals("full");
    Figures figures = new Figures();
    Load load = new Load(THREADS, Duration.ofSeconds(full ? 10 : 2));
    // Few threads, so that the compiler gets its share of the processors.
    Load warmUp = new Load(2, Duration.ofSeconds(full ? 60 : 8));
    System.out.printf(
        Locale.ROOT,
        "%d threads on %d processors, medians of rounds taken in turns; load average before %.2f%n",
        THREADS,
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    Set<String> chosen = Set.copyOf(Arrays.asList(arguments).subList(1, arguments.length));
    if (isWanted("commands", chosen)) {
      try (Ledger ledger = Ledger.start()) {
        figures.put("start_to_ready_s", ledger.readySeconds());
        new CommandFigures(ledger, load, warmUp, full ? 7 : 5).measure(figures, full ? 1000 : 200);
        figures.put("resident_mb", residentMegabytes());
      }
    }
    if (isWanted("renewals", chosen)) {
      try (Ledger ledger = Ledger.start("--ledger.test-clock.enabled=true")) {
        new RenewalFigure(ledger, load).measure(figures, full ? 10_000 : 500, full ? 3 : 1);
      }
    }
    if (isWanted("rebuild", chosen)) {
      try (Ledger ledger =
          Ledger.start("--ledger.test-clock.enabled=true", "--ledger.reconciliation.every=0s")) {
        new RebuildFigure(ledger).measure(figures, full ? 30_000 : 500, full ? 3 : 1, full ? 3 : 1);
      }
    }
    if (isWanted("usage", chosen)) {
      try (Ledger ledger = Ledger.start()) {
        Load bringing = new Load(BRINGING, Duration.ofSeconds(full ? 10 : 3));
        new UsageFigures(ledger, bringing, warmUp, full ? 7 : 3).measure(figures);
      }
    }
    if (isWanted("quota", chosen)) {
      try (Ledger ledger = Ledger.start()) {
        new QuotaFigure(ledger, load, warmUp, full ? 7 : 3).measure(figures);
      }
    }
    if (isWanted("rating", chosen)) {
      try (Ledger ledger = Ledger.start()) {
        new RatingFigure(ledger, full ? 1000 : 100, 1000).measure(figures, full ? 5 : 3);
      }
    }
    if (isWanted("books", chosen)) {
      try (Ledger ledger = Ledger.start("--ledger.reconciliation.every=0s")) {
        new BooksFigure(ledger, full ? 5_000_000 : 100_000).measure(figures, full ? 5 : 3);
      }
    }
    System.out.println(figures.json());
  }

  /** All of them where none is named. */
  private static boolean isWanted(String part, Set<String> chosen) {
    return chosen.isEmpty() || chosen.contains(part);
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
