package io.billingledger.api.security;

import io.billingledger.api.json.Texts;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.TenantId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/** Turns a bearer token into a caller: an API key by its prefix, anything else as a JWT. */
public final class Bearers implements AuthenticationManager {
  public static final String API_KEY_PREFIX = "blk_";
  private static final int LONGEST_ACTOR = 200;

  private final Function<String, Optional<Caller>> keys;
  private final Optional<JwtAuthenticationProvider> tokens;

  /**
   * @param keys who presents a secret, if it is that of a key
   * @param decoder present when an issuer, a key set or a public key is configured
   */
  public Bearers(Function<String, Optional<Caller>> keys, Optional<JwtDecoder> decoder) {
    this.keys = keys;
    this.tokens =
        decoder.map(
            found -> {
              JwtAuthenticationProvider provider = new JwtAuthenticationProvider(found);
              provider.setJwtAuthenticationConverter(jwt -> new CallerAuthentication(caller(jwt)));
              return provider;
            });
  }

  @Override
  public Authentication authenticate(Authentication presented) {
    String token = ((BearerTokenAuthenticationToken) presented).getToken();
    if (token.startsWith(API_KEY_PREFIX)) {
      return keys.apply(token)
          .map(CallerAuthentication::new)
          .orElseThrow(() -> new InvalidBearerTokenException("The API key is not known."));
    }
    return tokens
        .orElseThrow(() -> new InvalidBearerTokenException("The token is not an API key."))
        .authenticate(presented);
  }

  private static Caller caller(Jwt jwt) {
    try {
      String tenant = jwt.getClaimAsString("tenant_id");
      return new Caller(
          actor(jwt.getSubject()),
          roles(jwt.getClaimAsStringList("roles")),
          Optional.ofNullable(tenant).map(TenantId::new));
    } catch (IllegalArgumentException refused) {
      throw new InvalidBearerTokenException("The token's claims: " + refused.getMessage(), refused);
    }
  }

  /** As with API keys: no part of the ledger, and nothing that history cannot keep. */
  private static Actor actor(String subject) {
    if (subject == null || subject.isBlank() || subject.length() > LONGEST_ACTOR) {
      throw new IllegalArgumentException("sub is 1 to %d characters".formatted(LONGEST_ACTOR));
    }
    if (subject.startsWith(Actor.SYSTEM)) {
      throw new IllegalArgumentException("sub is no part of the ledger");
    }
    return new Actor(Texts.storable(subject));
  }

  private static Set<Role> roles(List<String> names) {
    Set<Role> roles = new LinkedHashSet<>();
    if (names != null) {
      names.forEach(name -> Role.find(name).ifPresent(roles::add));
    }
    return roles;
  }
}
