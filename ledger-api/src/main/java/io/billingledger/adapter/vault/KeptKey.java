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

/**
 * A secret key of 32 bytes: from a setting, or from a private file in the data directory that is
 * made once.
 */
public final class KeptKey {
  private static final Logger LOG = LoggerFactory.getLogger(KeptKey.class);

  private KeptKey() {}

  /**
   * @param value of the setting; blank where there is none
   * @param setting its name
   * @param loss what is lost with the file
   */
  public static byte[] of(String value, String setting, Path file, String loss) {
    return value.isBlank() ? fromFile(file, setting, loss) : from(value, setting, "setting");
  }

  private static byte[] from(String text, String setting, String where) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException notBase64) {
      key = new byte[0];
    }
    if (key.length != Cipher256.KEY_BYTES) {
      throw new IllegalStateException(
          "The key %s (from %s) must be 32 bytes in Base64.".formatted(setting, where));
    }
    return key;
  }

  private static byte[] fromFile(Path file, String setting, String loss) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (!Files.exists(file)) {
        make(file, loss);
      }
      return from(Files.readString(file), setting, file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or make the key in " + file, e);
    }
  }

  /** A draft is linked into place, so that nobody ever sees half a key and none is replaced. */
  private static void make(Path file, String loss) throws IOException {
    boolean posix =
        Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
    FileAttribute<?>[] ownerOnly =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "key", ".new", ownerOnly);
    try {
      Files.writeString(draft, Base64.getEncoder().encodeToString(Cipher256.newKey()) + "\n");
      Files.createLink(file, draft);
      LOG.info("Made a key in {}: {}", file, loss);
    } catch (FileAlreadyExistsException madeByAnother) {
      LOG.debug("The key in {} was made by another process meanwhile", file);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
