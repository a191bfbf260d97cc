package io.billingledger.launch;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds files of the project's top level, whichever folder the tests run in. */
final class Checkout {
  private Checkout() {}

  static Path file(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("ledger-core"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("not inside a checkout of the project");
    }
    return folder.resolve(name);
  }
}
