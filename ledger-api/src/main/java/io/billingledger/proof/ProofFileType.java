package io.billingledger.proof;

import io.billingledger.kernel.Rejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;

/**
 * What an approver can look at. Recognised by content alone, and whole: from its signature to its
 * end, with nothing behind that something else could read.
 */
public enum ProofFileType {
  PDF("application/pdf", "pdf", ProofFileType::isWholePdf),
  JPEG("image/jpeg", "jpg", ProofFileType::isWholeJpeg),
  PNG("image/png", "png", ProofFileType::isWholePng);

  private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int PDF_END_WITHIN = 1024;

  /**
   * Cameras append a preview film or notes of their own to a photograph; nothing else may follow.
   */
  private static final Set<String> HARMLESS_BEHIND_A_PHOTOGRAPH =
      Set.of("application/octet-stream", "image/jpeg", "video/mp4", "video/quicktime");

  private final String mediaType;
  private final String extension;
  private final Predicate<byte[]> whole;

  ProofFileType(String mediaType, String extension, Predicate<byte[]> whole) {
    this.mediaType = mediaType;
    this.extension = extension;
    this.whole = whole;
  }

  public String mediaType() {
    return mediaType;
  }

  /** For the name under which a file is offered to an approver. */
  public String extension() {
    return extension;
  }

  /**
   * @throws Rejected {@code proof.file-type}
   */
  public static ProofFileType of(byte[] content) {
    String found = detect(content);
    for (ProofFileType type : values()) {
      if (type.mediaType.equals(found)) {
        if (!type.whole.test(content)) {
          throw new Rejected(new ProofRejection.FileType("a damaged or disguised " + type));
        }
        return type;
      }
    }
    throw new Rejected(new ProofRejection.FileType(found));
  }

  private static String detect(byte[] content) {
    try {
      return MimeTypes.getDefaultMimeTypes()
          .detect(new ByteArrayInputStream(content), new Metadata())
          .getBaseType()
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Header first, {@code startxref} and {@code %%EOF} last. */
  private static boolean isWholePdf(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    int end = text.lastIndexOf("%%EOF");
    int start = text.lastIndexOf("startxref", Math.max(end, 0));
    return text.matches("(?s)%PDF-[12]\\.[0-9].*")
        && end > 0
        && start > end - PDF_END_WITHIN
        && start > 0
        && text.substring(end + "%%EOF".length()).chars().allMatch(ProofFileType::isBlank);
  }

  private static boolean isBlank(int character) {
    return character == 0 || Character.isWhitespace(character);
  }

  /** Every chunk's checksum, from IHDR to IEND, pixels in between, nothing behind. */
  private static boolean isWholePng(byte[] content) {
    ByteBuffer in = ByteBuffer.wrap(content);
    if (!startsWith(content, PNG_SIGNATURE)) {
      return false;
    }
    in.position(PNG_SIGNATURE.length);
    boolean first = true;
    boolean pixels = false;
    while (in.remaining() >= 12) {
      int length = in.getInt();
      int chunk = in.position();
      if (length < 0 || length > in.remaining() - 8) {
        return false;
      }
      String type = new String(content, chunk, 4, StandardCharsets.ISO_8859_1);
      CRC32 checksum = new CRC32();
      checksum.update(content, chunk, 4 + length);
      if (in.getInt(chunk + 4 + length) != (int) checksum.getValue()
          || first != type.equals("IHDR")
          || first && (length != 13 || in.getInt(chunk + 4) <= 0 || in.getInt(chunk + 8) <= 0)) {
        return false;
      }
      in.position(chunk + 4 + length + 4);
      first = false;
      pixels |= type.equals("IDAT");
      if (type.equals("IEND")) {
        return pixels && length == 0 && !in.hasRemaining();
      }
    }
    return false;
  }

  /** Segments from SOI over a frame with a size and a scan to EOI. */
  private static boolean isWholeJpeg(byte[] content) {
    int at = 2;
    boolean frame = false;
    boolean scan = false;
    while (at + 4 <= content.length && unsigned(content, at) == 0xff) {
      int marker = unsigned(content, at + 1);
      if (marker == 0xff) {
        at++;
        continue;
      }
      int length = unsigned(content, at + 2) << 8 | unsigned(content, at + 3);
      if (marker == 0xd9) {
        break;
      }
      if (length < 2 || marker < 0xc0 || at + 2 + length > content.length) {
        return false;
      }
      // SOF0 to SOF15 but for DHT, JPG and DAC
      if (marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
        frame = length >= 8 && (unsigned(content, at + 7) | unsigned(content, at + 8)) != 0;
      }
      at += 2 + length;
      if (marker == 0xda) {
        scan = true;
        while (at + 1 < content.length
            && !(unsigned(content, at) == 0xff && endsScan(unsigned(content, at + 1)))) {
          at++;
        }
      }
    }
    boolean ends =
        at + 2 <= content.length
            && unsigned(content, at) == 0xff
            && unsigned(content, at + 1) == 0xd9;
    return frame && scan && ends && harmless(Arrays.copyOfRange(content, at + 2, content.length));
  }

  private static boolean harmless(byte[] behind) {
    return behind.length == 0 || HARMLESS_BEHIND_A_PHOTOGRAPH.contains(detect(behind));
  }

  private static boolean endsScan(int marker) {
    return marker != 0x00 && marker != 0xff && (marker < 0xd0 || marker > 0xd7);
  }

  private static int unsigned(byte[] content, int at) {
    return content[at] & 0xff;
  }

  private static boolean startsWith(byte[] content, byte[] start) {
    return content.length >= start.length
        && Arrays.equals(content, 0, start.length, start, 0, start.length);
  }
}
