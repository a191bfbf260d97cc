package io.billingledger.adapter.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.proof.ProofIntake;
import io.billingledger.proof.SampleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalProofFilesTest {
  private static final byte[] CONTENT = SampleFiles.pdf();
  private static final String SHA_256 = ProofIntake.sha256(CONTENT);

  @TempDir Path parent;
  private Path directory;
  private LocalProofFiles files;

  @BeforeEach
  void open() {
    directory = parent.resolve("deep/files");
    files = new LocalProofFiles(directory);
  }

  @Test
  void givesBackWhatWasPut() {
    files.put(SHA_256, CONTENT);
    assertThat(files.open(SHA_256)).hasValue(CONTENT);
    assertThat(new LocalProofFiles(directory).open(SHA_256)).hasValue(CONTENT);
    assertThat(files.open("0".repeat(64))).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyTheLedgersUserMayRead() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    files = new LocalProofFiles(directory);
    files.put(SHA_256, CONTENT);
    try (var all = Files.walk(directory)) {
      for (Path path : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as("%s", path)
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void keepsOneFilePerContentAndNoDrafts() throws Exception {
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Void>> puts =
          IntStream.range(0, 32)
              .<Callable<Void>>mapToObj(
                  i ->
                      () -> {
                        files.put(SHA_256, CONTENT);
                        return null;
                      })
              .toList();
      for (var put : threads.invokeAll(puts)) {
        put.get();
      }
    }
    try (var all = Files.walk(directory)) {
      assertThat(all.filter(Files::isRegularFile))
          .containsExactly(
              directory.toAbsolutePath().resolve(SHA_256.substring(0, 2)).resolve(SHA_256));
    }
  }

  @Test
  void aNameIsNeverAPath() {
    for (String name :
        List.of(
            "../../etc/passwd",
            "/etc/passwd",
            "",
            ".",
            SHA_256.toUpperCase(java.util.Locale.ROOT),
            SHA_256 + "/..",
            SHA_256 + "\n",
            "..".repeat(32))) {
      assertThatThrownBy(() -> files.open(name)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> files.put(name, CONTENT))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> files.put("0".repeat(64), CONTENT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDamagedFileIsNeverShownAndCanBePutAgain() throws IOException {
    files.put(SHA_256, CONTENT);
    Path file = directory.resolve(SHA_256.substring(0, 2)).resolve(SHA_256);
    Files.write(file, new byte[] {1});

    assertThatThrownBy(() -> files.open(SHA_256))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("proof file " + SHA_256 + " is damaged");
    files.put(SHA_256, CONTENT);
    assertThat(files.open(SHA_256)).hasValue(CONTENT);
  }
}
