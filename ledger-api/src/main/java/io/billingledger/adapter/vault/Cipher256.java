package io.billingledger.adapter.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM under one key. What it answers begins with the random nonce; what belongs to one
 * context (a tenant) cannot be opened in another.
 */
final class Cipher256 {
  static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;

  Cipher256(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  static byte[] newKey() {
    return random(KEY_BYTES);
  }

  byte[] encrypt(byte[] plain, String context) {
    byte[] nonce = random(NONCE_BYTES);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, 0, context).doFinal(plain);
      return ByteBuffer.allocate(NONCE_BYTES + encrypted.length).put(nonce).put(encrypted).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot encrypt", e);
    }
  }

  /**
   * @throws TamperedException when it was changed, or made under another key or context
   */
  byte[] decrypt(byte[] encrypted, String context) {
    if (encrypted.length < NONCE_BYTES + TAG_BITS / 8) {
      throw new TamperedException();
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, encrypted, 0, context)
          .doFinal(encrypted, NONCE_BYTES, encrypted.length - NONCE_BYTES);
    } catch (AEADBadTagException e) {
      throw new TamperedException();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot decrypt", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, int offset, String context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, offset, NONCE_BYTES));
    cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return random;
  }

  /** Changed since it was encrypted, or encrypted under another key or for another context. */
  static final class TamperedException extends RuntimeException {
    TamperedException() {
      super("changed since it was sealed, or sealed under another key");
    }
  }
}
