package io.billingledger.proof;

import static io.billingledger.proof.SampleFiles.bytes;
import static io.billingledger.proof.SampleFiles.join;
import static io.billingledger.proof.SampleFiles.jpeg;
import static io.billingledger.proof.SampleFiles.pdf;
import static io.billingledger.proof.SampleFiles.png;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Rejection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is taken in as a proof, by content alone. */
class ProofIntakeTest {
  private static final int LIMIT = 20_000;

  private final Map<String, byte[]> kept = new HashMap<>();
  private final ProofIntake intake =
      new ProofIntake(
          new ProofFiles() {
            @Override
            public void put(String sha256, byte[] content) {
              kept.put(sha256, content);
            }

            @Override
            public Optional<byte[]> open(String sha256) {
              return Optional.ofNullable(kept.get(sha256));
            }
          },
          LIMIT);

  static Stream<Arguments> taken() throws IOException {
    return Stream.of(
        Arguments.of("a PDF", pdf(), ProofFileType.PDF),
        Arguments.of("a PDF, changed once", join(pdf(), pdf("second")), ProofFileType.PDF),
        Arguments.of("a PDF with blank lines", join(pdf(), bytes("\r\n\0\n")), ProofFileType.PDF),
        Arguments.of("a JPEG", jpeg(), ProofFileType.JPEG),
        Arguments.of(
            "a JPEG with its camera's notes",
            join(jpeg(), new byte[] {0, 0, 1, 10, 14, 0, 0, 0}, bytes("SEFT")),
            ProofFileType.JPEG),
        Arguments.of("two JPEGs in one", join(jpeg(), jpeg()), ProofFileType.JPEG),
        Arguments.of("a PNG", png(), ProofFileType.PNG));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void taken(String name, byte[] content, ProofFileType type) throws IOException {
    ProofFile file = accept(content);

    assertThat(file).isEqualTo(new ProofFile(ProofIntake.sha256(content), content.length, type));
    assertThat(kept).containsOnlyKeys(file.sha256());
    assertThat(kept.get(file.sha256())).isEqualTo(content);
  }

  static Stream<Arguments> refused() throws IOException {
    byte[] html = bytes("<!DOCTYPE html><html><script>alert(1)</script></html>");
    return Stream.of(
        Arguments.of("a page that was called proof.png", html),
        Arguments.of("plain text", bytes("paid, honestly")),
        Arguments.of("noise", noise(500)),
        Arguments.of("a GIF", bytes("GIF89a\1\0\1\0\0\0\0;")),
        Arguments.of("an SVG", bytes("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")),
        Arguments.of("a ZIP", zip()),
        Arguments.of("a program", bytes("MZ" + "\0".repeat(200))),
        Arguments.of("a page with a PDF behind", join(html, pdf())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refused(String name, byte[] content) {
    assertThat(refusal(content).code()).isEqualTo("proof.file-type");
    assertThat(refusal(content).kind()).isEqualTo(Rejection.Kind.INVALID);
    assertThat(kept).isEmpty();
  }

  @Test
  void nothingIsRefused() {
    assertThat(refusal(new byte[0])).isEqualTo(new ProofRejection.FileEmpty());
    assertThat(refusal(new byte[0]).code()).isEqualTo("proof.file-empty");
  }

  @Test
  void theLimitIsExact() throws IOException {
    byte[] blank = new byte[LIMIT - pdf().length];
    Arrays.fill(blank, (byte) '\n');
    byte[] most = join(pdf(), blank);
    assertThat(accept(most).size()).isEqualTo(LIMIT);
    assertThat(refusal(join(most, bytes("\n")))).isEqualTo(new ProofRejection.FileTooLarge(LIMIT));
    assertThat(refusal(join(most, bytes("\n"))).code()).isEqualTo("proof.file-too-large");
  }

  @Test
  void readsNoMoreThanTheLimit() {
    InputStream endless =
        new InputStream() {
          private int given;

          @Override
          public int read() {
            assertThat(++given).isLessThanOrEqualTo(LIMIT + 1);
            return 'x';
          }
        };
    assertThatThrownBy(() -> intake.accept(endless)).isInstanceOf(Rejected.class);
  }

  @Test
  void anyByteChangedOrAnyEndCutIsNeverAFault() {
    Random random = new Random(7);
    for (byte[] original : new byte[][] {png(), jpeg(), pdf()}) {
      for (int i = 0; i < 500; i++) {
        byte[] changed = Arrays.copyOf(original, 1 + random.nextInt(original.length));
        for (int n = random.nextInt(4); n > 0; n--) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        try {
          ProofFileType.of(changed);
        } catch (Rejected refused) {
          assertThat(refused.rejection().code()).isEqualTo("proof.file-type");
        }
      }
    }
  }

  private ProofFile accept(byte[] content) throws IOException {
    return intake.accept(new ByteArrayInputStream(content));
  }

  private Rejection refusal(byte[] content) {
    try {
      throw new AssertionError("taken in as " + accept(content));
    } catch (Rejected refused) {
      return refused.rejection();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] noise(int size) {
    byte[] noise = new byte[size];
    new Random(1).nextBytes(noise);
    return noise;
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("run.class"));
      zip.write(1);
      zip.closeEntry();
    }
    return out.toByteArray();
  }
}
