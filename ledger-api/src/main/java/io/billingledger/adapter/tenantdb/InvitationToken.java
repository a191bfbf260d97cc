package io.billingledger.adapter.tenantdb;

import io.billingledger.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an invitation's link ends in: whose database it opens, and 256 random bits that only the
 * recipient knows. Only its SHA-256 is kept.
 */
record InvitationToken(TenantId tenant, String text) {
  private static final int SECRET_BYTES = 32;
  private static final Pattern SHAPE = Pattern.compile("([0-9a-hjkmnp-tv-z]{26})\\.[\\w-]{43}");

  static InvitationToken next(TenantId tenant, SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String ulid = tenant.value().substring("ten_".length()).toLowerCase(Locale.ROOT);
    return new InvitationToken(
        tenant, ulid + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  static Optional<InvitationToken> parse(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new InvitationToken(
              new TenantId("ten_" + shape.group(1).toUpperCase(Locale.ROOT)), text));
    } catch (IllegalArgumentException noUlid) {
      return Optional.empty();
    }
  }

  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  @Override
  public String toString() {
    return "InvitationToken[" + tenant + "]";
  }
}
