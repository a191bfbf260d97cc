package io.billingledger.api.paging;

import io.billingledger.api.json.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;

/**
 * The last row that was seen.
 *
 * @param position the row's unchanging place in time, such as its first event's position
 * @param id tells rows of one position apart
 */
public record Cursor(long position, String id) {
  static final Comparator<Cursor> OLDEST_FIRST =
      Comparator.comparing(Cursor::position).thenComparing(Cursor::id);

  /** Before every row, in ascending order. */
  static final Cursor FIRST = new Cursor(-1, "");

  /** After every row, in ascending order. */
  static final Cursor LAST = new Cursor(Long.MAX_VALUE, "~");

  private static final int LONGEST = 512;

  String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((position + ":" + id).getBytes(StandardCharsets.UTF_8));
  }

  static Cursor parse(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("too long for a cursor");
    }
    String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    int colon = plain.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("not a cursor");
    }
    long position = Long.parseLong(plain.substring(0, colon));
    if (position < 0) {
      throw new IllegalArgumentException("no row is at a negative position");
    }
    return new Cursor(position, Texts.storable(plain.substring(colon + 1)));
  }
}
