package io.billingledger.proof;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/** Small real files, made here. */
public final class SampleFiles {
  private SampleFiles() {}

  public static byte[] png() {
    return image("png");
  }

  public static byte[] jpeg() {
    return image("jpg");
  }

  public static byte[] pdf() {
    return bytes(
        """
        %PDF-1.4
        1 0 obj
        <</Type /Catalog /Pages 2 0 R>>
        endobj
        2 0 obj
        <</Type /Pages /Kids [3 0 R] /Count 1>>
        endobj
        3 0 obj
        <</Type /Page /Parent 2 0 R /MediaBox [0 0 300 144]>>
        endobj
        xref
        0 4
        0000000000 65535 f\s
        0000000009 00000 n\s
        0000000057 00000 n\s
        0000000112 00000 n\s
        trailer
        <</Root 1 0 R /Size 4>>
        startxref
        182
        %%EOF
        """);
  }

  /** Another file of the same kind: a comment behind the header. */
  public static byte[] pdf(String comment) {
    return bytes(
        new String(pdf(), StandardCharsets.ISO_8859_1)
            .replace("%PDF-1.4\n", "%PDF-1.4\n% " + comment + "\n"));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] image(String format) {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        image.setRGB(x, y, Color.HSBtoRGB(x / 40f, y / 30f, 1));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
