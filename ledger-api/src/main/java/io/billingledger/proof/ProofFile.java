package io.billingledger.proof;

import java.util.regex.Pattern;

/**
 * A file that was taken in.
 *
 * @param sha256 of its content, 64 lower-case hexadecimal digits: its only name
 */
public record ProofFile(String sha256, long size, ProofFileType type) {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  public ProofFile {
    requireSha256(sha256);
  }

  /** Refuses everything that could be another name, a path for example. */
  public static String requireSha256(String text) {
    if (!SHA_256.matcher(text).matches()) {
      throw new IllegalArgumentException("not a SHA-256 in hexadecimal digits");
    }
    return text;
  }
}
