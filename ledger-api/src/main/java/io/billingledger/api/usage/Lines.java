package io.billingledger.api.usage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lines of a stream of any length, one at a time; blank ones are passed over. */
final class Lines {
  private final InputStream stream;
  private final int longest;
  private final byte[] buffer = new byte[64 * 1024];
  private int at;
  private int end;

  Lines(InputStream stream, int longest) {
    this.stream = stream;
    this.longest = longest;
  }

  /** The next line; null after the last; longer than is allowed by one byte if it is too long. */
  byte[] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    boolean any = false;
    boolean blank = true;
    while (true) {
      if (at == end) {
        end = stream.read(buffer);
        at = 0;
        if (end <= 0) {
          end = 0;
          return any && !blank ? line.toByteArray() : null;
        }
      }
      int from = at;
      while (at < end && buffer[at] != '\n') {
        blank &= buffer[at] <= ' ' && buffer[at] >= 0;
        at++;
      }
      any = true;
      line.write(buffer, from, Math.min(at - from, Math.max(0, longest + 1 - line.size())));
      if (at < end) {
        at++;
        if (!blank) {
          return line.toByteArray();
        }
        line.reset();
      }
    }
  }
}
