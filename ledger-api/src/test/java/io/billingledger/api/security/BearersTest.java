package io.billingledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.TenantId;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

class BearersTest {
  private static final KeyPair KEYS = rsa();
  private static final TenantId TENANT = TenantId.next();

  private final Bearers bearers =
      new Bearers(
          secret ->
              secret.equals("blk_known")
                  ? Optional.of(
                      new Caller(new Actor("budi"), Set.of(Role.FINANCE), Optional.empty()))
                  : Optional.empty(),
          Optional.of(NimbusJwtDecoder.withPublicKey((RSAPublicKey) KEYS.getPublic()).build()));

  @Test
  void anApiKeyIsItsHolder() {
    assertThat(caller("blk_known").actor()).isEqualTo(new Actor("budi"));
    assertThatThrownBy(() -> caller("blk_unknown"))
        .isInstanceOf(OAuth2AuthenticationException.class);
  }

  @Test
  void aJwtSaysWhoItStandsFor() throws Exception {
    Caller owner = caller(jwt(KEYS, claims("owner", TENANT.value())));
    assertThat(owner)
        .isEqualTo(new Caller(new Actor("sari"), Set.of(Role.OWNER), Optional.of(TENANT)));
    assertThat(caller(jwt(KEYS, claims("auditor", null))).workspace())
        .isEqualTo(Workspace.PLATFORM);
  }

  @Test
  void aJwtMustFit() {
    assertThat(List.of(claims("owner", null), claims("auditor", TENANT.value()), claims("x", null)))
        .allSatisfy(
            claims ->
                assertThatThrownBy(() -> caller(jwt(KEYS, claims)))
                    .isInstanceOf(OAuth2AuthenticationException.class));
    assertThatThrownBy(() -> caller(jwt(rsa(), claims("auditor", null))))
        .isInstanceOf(OAuth2AuthenticationException.class);
  }

  @Test
  void withoutAnIssuerThereAreOnlyKeys() {
    Bearers onlyKeys = new Bearers(_ -> Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> onlyKeys.authenticate(new BearerTokenAuthenticationToken("a.b.c")))
        .isInstanceOf(OAuth2AuthenticationException.class);
  }

  private Caller caller(String token) {
    return (Caller) bearers.authenticate(new BearerTokenAuthenticationToken(token)).getPrincipal();
  }

  private static JWTClaimsSet claims(String role, String tenant) {
    return new JWTClaimsSet.Builder()
        .subject("sari")
        .claim("roles", List.of(role))
        .claim("tenant_id", tenant)
        .expirationTime(Date.from(Instant.now().plusSeconds(60)))
        .build();
  }

  private static String jwt(KeyPair keys, JWTClaimsSet claims) throws JOSEException {
    SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
    jwt.sign(new RSASSASigner(keys.getPrivate()));
    return jwt.serialize();
  }

  private static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
