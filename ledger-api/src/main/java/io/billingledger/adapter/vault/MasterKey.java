package io.billingledger.adapter.vault;

import java.nio.file.Path;

/** The key under which the tenants' keys are kept: from a setting, or from a private file. */
final class MasterKey {
  private MasterKey() {}

  static Cipher256 of(String setting, Path directory) {
    return new Cipher256(
        KeptKey.of(
            setting,
            "ledger.vault.master-key",
            directory.resolve("vault.key"),
            "without it personal data cannot be read, so keep a copy apart from the database's"));
  }
}
