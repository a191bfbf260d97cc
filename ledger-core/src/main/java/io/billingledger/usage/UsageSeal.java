package io.billingledger.usage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * SHA-256 over records in the order of their positions. Of each: its position (8 bytes,
 * big-endian), the 32 bytes of its own digest, when it was recorded (ISO 8601 in UTC), who brought
 * it and the subscription it was taken for, the three texts each ended by a zero byte. Anybody who
 * has the records can make it again.
 */
public final class UsageSeal {
  private final MessageDigest sha256 = sha256();
  private Instant recordedAt;
  private String recordedText;
  private int records;
  private long first;
  private long last;

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /**
   * @param digest of the record, as {@link UsageRecord#digest()} gives it
   */
  public void add(long position, UsageRecord record, byte[] digest) {
    if (records > 0 && position <= last) {
      throw new IllegalArgumentException("positions ascend: " + last + ", " + position);
    }
    sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(0, position));
    sha256.update(digest);
    if (!record.recordedAt().equals(recordedAt)) {
      recordedAt = record.recordedAt();
      recordedText = recordedAt.toString();
    }
    text(recordedText);
    text(record.actor().name());
    text(record.subscriptionId() == null ? "" : record.subscriptionId().value());
    first = records == 0 ? position : first;
    last = position;
    records++;
  }

  public int records() {
    return records;
  }

  public long first() {
    return first;
  }

  public long last() {
    return last;
  }

  /** In hexadecimal; ends the seal. */
  public String sha256Hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  private void text(String text) {
    sha256.update(text.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
  }
}
