package io.billingledger.api.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/**
 * JWTs over HTTP, from an issuer with a key set of its own, through Spring's standard settings of a
 * resource server and nothing else.
 */
@LedgerTest
class JwtTest {
  private static final String AUDIENCE = "billing-ledger";
  private static final RSAKey KEY = key("of-the-issuer");
  private static final RSAKey STRANGER = key("of-the-issuer");
  private static final HttpServer ISSUER = issuer();

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry settings) {
    settings.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", JwtTest::issuerUri);
    settings.add("spring.security.oauth2.resourceserver.jwt.audiences", () -> AUDIENCE);
  }

  @AfterAll
  static void stop() {
    ISSUER.stop(0);
  }

  @Test
  void itsClaimsSayWhoCalls() throws Exception {
    JsonNode finance = session(signed(claims("sari@example.com", null, List.of("finance"))));
    assertThat(finance.at("/actor").asString()).isEqualTo("sari@example.com");
    assertThat(finance.at("/roles").toString()).isEqualTo("[\"finance\"]");
    assertThat(finance.at("/tenant_id").isNull()).isTrue();
    assertThat(finance.at("/workspace").asString()).isEqualTo("platform");

    String tenant = tenant();
    JsonNode owner = session(signed(claims("budi", tenant, List.of("owner", "member"))));
    assertThat(owner.at("/tenant_id").asString()).isEqualTo(tenant);
    assertThat(owner.at("/workspace").asString()).isEqualTo("tenant");
  }

  @Test
  void itsRolesDecideAndItsTenantIsAllItSees() throws Exception {
    ApiClient auditor = as(signed(claims("ani", null, List.of("auditor"))));
    auditor.get("/api/platform/tenants").expect(200);
    auditor
        .post("/api/platform/tenants", "{\"name\": \"T\", \"owner_email\": \"t@example.com\"}")
        .expectProblem(403, "role.missing");

    String own = tenant();
    ApiClient owner = as(signed(claims("budi", own, List.of("owner"))));
    owner.get("/api/subscriptions/invoices").expect(200);
    owner.get("/api/platform/tenants/" + own).expectProblem(403, "role.missing");
  }

  @Test
  void whatItDoesIsInTheHistoryUnderItsName() throws Exception {
    String name = "jwt-" + UUID.randomUUID();
    Answer made =
        as(signed(claims(name, null, List.of("platform_billing"))))
            .post("/api/platform/tenants", "{\"name\": \"T\", \"owner_email\": \"t@example.com\"}")
            .expect(201);
    JsonNode registered =
        ApiClient.owner(port)
            .get("/api/audit/streams/" + made.text("/id"))
            .expect(200)
            .json()
            .at("/data/0");
    assertThat(registered.at("/type").asString()).isEqualTo("tenant.registered");
    assertThat(registered.at("/actor").asString()).isEqualTo(name);
  }

  @Test
  void rolesOfOtherSystemsAreIgnored() throws Exception {
    JsonNode session = session(signed(claims("sari", null, List.of("warehouse", "support"))));
    assertThat(session.at("/roles").toString()).isEqualTo("[\"support\"]");
    refused(signed(claims("sari", null, List.of("warehouse"))));
    refused(signed(claims("sari", null, List.of())));
    refused(signed(without("roles")));
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() throws Exception {
    refused(signed(claims("sari", null, List.of("owner"))));
    refused(signed(claims("sari", tenant(), List.of("finance"))));
    refused(signed(claims("sari", "ten_1", List.of("owner"))));
    refused(signed(claims("sari", tenant(), List.of("owner", "finance"))));
  }

  @Test
  void itsSubjectIsSomebodyAndNoPartOfTheLedger() throws Exception {
    refused(signed(without("sub")));
    refused(signed(claims("", null, List.of("finance"))));
    refused(signed(claims("x".repeat(201), null, List.of("finance"))));
    refused(signed(claims("a\u0000b", null, List.of("finance"))));
    refused(signed(claims("system:dunning", null, List.of("finance"))));
  }

  @Test
  void claimsOfTheWrongShapeAreRefused() throws Exception {
    refused(signed(changed(claims -> claims.claim("roles", "finance ".repeat(3)))));
    refused(signed(changed(claims -> claims.claim("roles", 7))));
    refused(signed(changed(claims -> claims.claim("roles", List.of(List.of("finance"))))));
    refused(signed(changed(claims -> claims.claim("tenant_id", 7))));
    refused(signed(changed(claims -> claims.claim("tenant_id", List.of("ten_1")))));
  }

  @Test
  void onlyTheIssuerInTimeForThisAudienceIsBelieved() throws Exception {
    Date longAgo = Date.from(Instant.now().minus(Duration.ofHours(1)));
    Date soon = Date.from(Instant.now().plus(Duration.ofHours(1)));
    refused(signed(changed(claims -> claims.expirationTime(longAgo))));
    refused(signed(changed(claims -> claims.notBeforeTime(soon))));
    refused(signed(changed(claims -> claims.issuer("http://localhost:1/other"))));
    refused(signed(without("iss")));
    refused(signed(changed(claims -> claims.audience("another"))));
    refused(signed(without("aud")));
  }

  @Test
  void onlyTheIssuersSignatureIsBelieved() throws Exception {
    JWTClaimsSet claims = claims("sari", null, List.of("platform_owner"));
    refused(signed(STRANGER, claims));
    refused(new PlainJWT(claims).serialize());
    refused(
        signed(
            JWSAlgorithm.HS256,
            new MACSigner(KEY.toPublicJWK().toJSONString().getBytes(UTF_8)),
            claims));
    String good = signed(claims);
    String[] parts = good.split("\\.");
    String other = signed(claims("budi", null, List.of("platform_owner"))).split("\\.")[1];
    refused(parts[0] + "." + other + "." + parts[2]);
    refused(parts[0] + "." + parts[1] + ".");
    refused("a.b.c");
    session(good);
  }

  @Test
  void apiKeysGoOn() {
    assertThat(session(ApiClient.OWNER_KEY).at("/actor").asString()).isEqualTo("platform-owner");
  }

  private JsonNode session(String token) {
    return as(token).get("/api/session").expect(200).json();
  }

  private void refused(String token) {
    Answer answer = as(token).get("/api/session").expectProblem(401, "authentication.invalid");
    assertThat(answer.header("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
  }

  private ApiClient as(String token) {
    return ApiClient.anonymous(port).as(token);
  }

  private String tenant() {
    return ApiClient.owner(port)
        .post("/api/platform/tenants", "{\"name\": \"T\", \"owner_email\": \"t@example.com\"}")
        .expect(201)
        .text("/id");
  }

  private static JWTClaimsSet claims(String subject, String tenant, List<String> roles) {
    return new JWTClaimsSet.Builder()
        .issuer(issuerUri())
        .audience(AUDIENCE)
        .subject(subject)
        .claim("tenant_id", tenant)
        .claim("roles", roles)
        .issueTime(new Date())
        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
        .build();
  }

  private static JWTClaimsSet changed(UnaryOperator<JWTClaimsSet.Builder> change) {
    return change.apply(new JWTClaimsSet.Builder(claims("sari", null, List.of("finance")))).build();
  }

  private static JWTClaimsSet without(String claim) {
    return changed(claims -> claims.claim(claim, null));
  }

  private static String signed(JWTClaimsSet claims) throws JOSEException {
    return signed(KEY, claims);
  }

  private static String signed(RSAKey key, JWTClaimsSet claims) throws JOSEException {
    return signed(JWSAlgorithm.RS256, new RSASSASigner(key), claims);
  }

  private static String signed(JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(KEY.getKeyID()).build(),
            claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  private static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String issuerUri() {
    return "http://localhost:%d/issuer".formatted(ISSUER.getAddress().getPort());
  }

  /** Says where its keys are, and shows them. */
  private static HttpServer issuer() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      String uri = "http://localhost:%d/issuer".formatted(server.getAddress().getPort());
      answer(
          server,
          "/issuer/.well-known/openid-configuration",
          """
          {"issuer": "%s", "jwks_uri": "%s/keys", "subject_types_supported": ["public"],
           "response_types_supported": ["code"],
           "id_token_signing_alg_values_supported": ["RS256"]}"""
              .formatted(uri, uri));
      answer(server, "/issuer/keys", new JWKSet(KEY.toPublicJWK()).toString());
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answer(HttpServer server, String path, String json) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = json.getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
  }
}
