package io.billingledger.adapter.files;

import io.billingledger.proof.ProofFile;
import io.billingledger.proof.ProofFiles;
import io.billingledger.proof.ProofIntake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a file as {@code <first two digits>/<digest>}. It appears there whole or not at all:
 * written and synchronised under another name, then renamed. Only the user that runs the ledger may
 * read.
 */
public class LocalProofFiles implements ProofFiles {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final String DRAFT = ".draft-";

  private final Path directory;
  private final boolean posix;

  public LocalProofFiles(Path directory) {
    try {
      this.directory = Files.createDirectories(directory.toAbsolutePath().normalize());
      this.posix = Files.getFileStore(this.directory).supportsFileAttributeView("posix");
      if (posix) {
        Files.setPosixFilePermissions(this.directory, FOLDER);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + directory + " for proof files", e);
    }
  }

  @Override
  public void put(String sha256, byte[] content) {
    if (!ProofIntake.sha256(content).equals(ProofFile.requireSha256(sha256))) {
      throw new IllegalArgumentException("the content does not have the digest " + sha256);
    }
    Path file = file(sha256);
    try {
      if (isWhole(file, sha256)) {
        return;
      }
      if (!Files.isDirectory(file.getParent())) {
        Files.createDirectories(file.getParent(), attributes(FOLDER));
        synchronise(directory);
      }
      Path draft = Files.createTempFile(directory, DRAFT, "", attributes(FILE));
      try {
        write(draft, content);
        Files.move(
            draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
      synchronise(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep proof file " + sha256, e);
    }
  }

  @Override
  public Optional<byte[]> open(String sha256) {
    Path file = file(ProofFile.requireSha256(sha256));
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read proof file " + sha256, e);
    }
    if (!ProofIntake.sha256(content).equals(sha256)) {
      throw new IllegalStateException("proof file " + sha256 + " is damaged");
    }
    return Optional.of(content);
  }

  private Path file(String sha256) {
    return directory.resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  private static boolean isWhole(Path file, String sha256) throws IOException {
    return Files.exists(file) && ProofIntake.sha256(Files.readAllBytes(file)).equals(sha256);
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
  }

  /** Makes a rename in a folder durable; only POSIX systems can and need to. */
  private void synchronise(Path folder) throws IOException {
    if (posix) {
      try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
        entries.force(true);
      }
    }
  }

  private FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
    return posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }
}
