package io.billingledger.adapter.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key under which the tenants' keys are kept: from a setting, or from a private file. */
final class MasterKey {
  private static final Logger LOG = LoggerFactory.getLogger(MasterKey.class);

  private MasterKey() {}

  static Cipher256 of(String setting, Path directory) {
    return setting.isBlank() ? fromFile(directory.resolve("vault.key")) : from(setting, "setting");
  }

  private static Cipher256 from(String text, String where) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException notBase64) {
      key = new byte[0];
    }
    if (key.length != Cipher256.KEY_BYTES) {
      throw new IllegalStateException(
          "The master key of the vault (ledger.vault.master-key, from "
              + where
              + ") must be 32 bytes in Base64.");
    }
    return new Cipher256(key);
  }

  private static Cipher256 fromFile(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (!Files.exists(file)) {
        make(file);
      }
      return from(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or make the master key in " + file, e);
    }
  }

  /** A draft is linked into place, so that nobody ever sees half a key and none is replaced. */
  private static void make(Path file) throws IOException {
    boolean posix =
        Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
    FileAttribute<?>[] ownerOnly =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Path draft =
        Files.createTempFile(file.toAbsolutePath().getParent(), "vault", ".new", ownerOnly);
    try {
      Files.writeString(draft, Base64.getEncoder().encodeToString(Cipher256.newKey()) + "\n");
      Files.createLink(file, draft);
      LOG.info(
          "Made a master key for the vault in {}: without it personal data cannot be read, so keep"
              + " a copy apart from the database's",
          file);
    } catch (FileAlreadyExistsException madeByAnother) {
      LOG.debug("The master key was made by another process meanwhile");
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
