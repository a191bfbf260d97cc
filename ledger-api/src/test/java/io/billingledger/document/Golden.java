package io.billingledger.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents as they were made once; {@code -Dgolden=write} writes those that are missing. */
final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/documents");

  private Golden() {}

  static void check(String file, byte[] made) throws IOException {
    Path golden = FOLDER.resolve(file);
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(FOLDER);
      Files.write(golden, made);
    }
    assertThat(made).as(file).isEqualTo(Files.readAllBytes(golden));
  }
}
