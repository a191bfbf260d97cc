package io.billingledger.document;

/** Text as XML 1.0 can hold it: it has no way to write control characters. */
final class XmlText {
  /** For what has to be there and has nothing that can be written. */
  private static final String NOTHING = "–";

  private XmlText() {}

  /**
   * @param text may be null
   * @return null where nothing is left
   */
  static String of(String text) {
    if (text == null) {
      return null;
    }
    String kept =
        text.codePoints()
            .filter(XmlText::canBeWritten)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    return kept.isEmpty() ? null : kept;
  }

  static String required(String text) {
    String kept = of(text);
    return kept == null ? NOTHING : kept;
  }

  private static boolean canBeWritten(int point) {
    return point == '\t'
        || point == '\n'
        || point == '\r'
        || point >= 0x20 && point <= 0xD7FF
        || point >= 0xE000 && point <= 0xFFFD
        || point >= 0x10000;
  }
}
