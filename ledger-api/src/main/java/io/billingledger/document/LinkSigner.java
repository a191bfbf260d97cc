package io.billingledger.document;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes tokens that are all one needs to open one document for a while. A token says what it opens
 * and until when, and is signed; nothing is stored, so none can be taken back but by a new key.
 */
public final class LinkSigner {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int PARTS = 5;

  private final SecretKeySpec key;

  public LinkSigner(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** What a document is written as. */
  public enum Format {
    PDF,
    XML
  }

  /**
   * What a token opens.
   *
   * @param language null for an XML
   * @param expiresAt the first instant at which it opens nothing any more; whole seconds
   */
  public record Link(
      TenantId tenant, InvoiceId invoice, Format format, Language language, Instant expiresAt) {}

  public String token(Link link) {
    String content =
        String.join(
            "|",
            link.tenant().value(),
            link.invoice().value(),
            link.format().name(),
            link.language() == null ? "" : link.language().code(),
            Long.toString(link.expiresAt().getEpochSecond()));
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return encoded(bytes) + "." + encoded(signature(bytes));
  }

  /** Empty where this key has not signed it. Whether it has expired is for the caller to see. */
  public Optional<Link> read(String token) {
    String[] halves = token.split("\\.", -1);
    if (halves.length != 2) {
      return Optional.empty();
    }
    byte[] content;
    byte[] signature;
    try {
      content = Base64.getUrlDecoder().decode(halves[0]);
      signature = Base64.getUrlDecoder().decode(halves[1]);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (!MessageDigest.isEqual(signature, signature(content))
        || !canonical(halves, content, signature)) {
      return Optional.empty();
    }
    String[] parts = new String(content, StandardCharsets.UTF_8).split("\\|", -1);
    if (parts.length != PARTS) {
      return Optional.empty();
    }
    return Optional.of(
        new Link(
            new TenantId(parts[0]),
            new InvoiceId(parts[1]),
            Format.valueOf(parts[2]),
            parts[3].isEmpty() ? null : Language.parse(parts[3]),
            Instant.ofEpochSecond(Long.parseLong(parts[4]))));
  }

  /** The last character of Base64 has bits that say nothing: of several spellings one is ours. */
  private static boolean canonical(String[] halves, byte[] content, byte[] signature) {
    return halves[0].equals(encoded(content)) && halves[1].equals(encoded(signature));
  }

  private byte[] signature(byte[] content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(content);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
