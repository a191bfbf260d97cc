package io.billingledger.kernel;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidCreator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** How ids are made, checked and derived. */
final class Ids {
  private Ids() {}

  static String require(String value, String prefix) {
    if (value == null
        || !value.startsWith(prefix)
        || !Ulid.isValid(value.substring(prefix.length()))) {
      throw new IllegalArgumentException("expected an id like " + prefix + "<ULID>, not " + value);
    }
    return value;
  }

  static String next(String prefix) {
    return prefix + UlidCreator.getMonotonicUlid();
  }

  /** The same causes always give the same id, so that a repeated command creates nothing twice. */
  static String derive(String prefix, Object... causes) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(prefix.getBytes(StandardCharsets.UTF_8));
      for (Object cause : causes) {
        sha256.update((byte) 0);
        sha256.update(cause.toString().getBytes(StandardCharsets.UTF_8));
      }
      return prefix + Ulid.from(Arrays.copyOf(sha256.digest(), 16));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** The ULID part: ids of one thing seen from two features share it. */
  static String ulid(String value) {
    return value.substring(value.indexOf('_') + 1);
  }
}
