package io.billingledger.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.document.LinkSigner.Format;
import io.billingledger.document.LinkSigner.Link;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LinkSignerTest {
  private static final LinkSigner SIGNER = new LinkSigner(new byte[32]);
  private static final Link LINK =
      new Link(
          TenantId.derive("one"),
          InvoiceId.derive("one"),
          Format.PDF,
          Language.ID,
          Instant.parse("2026-01-08T00:00:00Z"));

  @Test
  void whatWasSignedIsRead() {
    assertThat(SIGNER.read(SIGNER.token(LINK))).contains(LINK);
    Link xml = new Link(LINK.tenant(), LINK.invoice(), Format.XML, null, Instant.ofEpochSecond(1));
    assertThat(SIGNER.read(SIGNER.token(xml))).contains(xml);
  }

  @Test
  void noOtherCharacterAnywhereIsAccepted() {
    String token = SIGNER.token(LINK);
    for (int i = 0; i < token.length(); i++) {
      for (char other : "ABCDwxyz0189-_.=|".toCharArray()) {
        if (token.charAt(i) != other) {
          String changed = token.substring(0, i) + other + token.substring(i + 1);
          assertThat(SIGNER.read(changed)).as(changed).isEmpty();
        }
      }
    }
    assertThat(SIGNER.read(token + "A")).isEmpty();
    assertThat(SIGNER.read(token.substring(0, token.length() - 1))).isEmpty();
    assertThat(SIGNER.read("")).isEmpty();
    assertThat(SIGNER.read(".")).isEmpty();
    assertThat(SIGNER.read("a.b.c")).isEmpty();
  }

  @Test
  void anotherKeyReadsNothing() {
    byte[] other = new byte[32];
    other[0] = 1;
    assertThat(new LinkSigner(other).read(SIGNER.token(LINK))).isEmpty();
  }
}
