package io.billingledger.benchmarks;

import io.billingledger.LedgerApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A ledger of our own in a temporary directory, which goes when it is closed. */
final class Ledger implements AutoCloseable {
  static final String KEY = "blk_benchmark_0123456789abcdef0123456789abcdef";

  private final Path directory;
  private final ConfigurableApplicationContext context;
  private final double readySeconds;

  private Ledger(Path directory, ConfigurableApplicationContext context, double readySeconds) {
    this.directory = directory;
    this.context = context;
    this.readySeconds = readySeconds;
  }

  static Ledger start(String... more) throws IOException {
    Path directory = Files.createTempDirectory("ledger-benchmark");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--logging.level.root=error",
                "--ledger.bootstrap-key=" + KEY,
                "--ledger.data-dir=" + directory));
    arguments.addAll(List.of(more));
    long start = System.nanoTime();
    ConfigurableApplicationContext context =
        new SpringApplication(LedgerApplication.class).run(arguments.toArray(String[]::new));
    return new Ledger(directory, context, (System.nanoTime() - start) / 1e9);
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  ConfigurableApplicationContext context() {
    return context;
  }

  Cpu cpu() {
    return new Cpu(directory);
  }

  double readySeconds() {
    return readySeconds;
  }

  Connection connect() {
    return connect(KEY);
  }

  Connection connect(String key) {
    return new Connection(
        Integer.parseInt(context.getEnvironment().getProperty("local.server.port")), key);
  }

  @Override
  public void close() throws IOException {
    context.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
