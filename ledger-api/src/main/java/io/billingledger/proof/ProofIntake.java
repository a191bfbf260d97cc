package io.billingledger.proof;

import io.billingledger.kernel.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The one way in for a proof: checks a file and keeps it. Keeping it comes before the event that
 * names it, so that no event ever points at nothing; a file whose event was refused stays unnamed.
 */
public class ProofIntake {
  private final ProofFiles files;
  private final int limit;

  /**
   * @param limit the most bytes that a file may have
   */
  public ProofIntake(ProofFiles files, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("ledger.proofs.max-size must be at least 1 byte");
    }
    this.files = files;
    this.limit = limit;
  }

  /**
   * Takes a file in.
   *
   * @throws Rejected {@code proof.file-empty}, {@code proof.file-too-large}, {@code
   *     proof.file-type}
   */
  public ProofFile accept(InputStream upload) throws IOException {
    byte[] content = upload.readNBytes(limit + 1);
    ProofFile file = check(content);
    files.put(file.sha256(), content);
    return file;
  }

  private ProofFile check(byte[] content) {
    if (content.length == 0) {
      throw new Rejected(new ProofRejection.FileEmpty());
    }
    if (content.length > limit) {
      throw new Rejected(new ProofRejection.FileTooLarge(limit));
    }
    return new ProofFile(sha256(content), content.length, ProofFileType.of(content));
  }

  public static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
