package io.billingledger.proof;

import java.util.Optional;

/**
 * Where proof files are kept: by the digest of their content, for ever, for nobody else to read.
 */
public interface ProofFiles {

  /**
   * Keeps a content, durably when this returns. Keeping it again changes nothing.
   *
   * @param sha256 of the content
   */
  void put(String sha256, byte[] content);

  /**
   * The content with this digest.
   *
   * @throws IllegalStateException when what is kept no longer has it
   */
  Optional<byte[]> open(String sha256);
}
