package io.billingledger.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Processor time of this process, which is the ledger and its clients, and of the PostgreSQL below
 * a directory. It tells what an operation costs also where a busy machine makes its rate a matter
 * of luck.
 */
record Cpu(Path directory) {

  /** Spent until now, in nanoseconds. */
  long nanos() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() == ProcessHandle.current().pid() || isOurs(process))
        .map(process -> process.info().totalCpuDuration())
        .flatMap(Optional::stream)
        .mapToLong(Duration::toNanos)
        .sum();
  }

  /** PostgreSQL's processes stand in its data directory. */
  private boolean isOurs(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
          .startsWith(directory);
    } catch (IOException | UnsupportedOperationException goneOrElsewhere) {
      return false;
    }
  }
}
