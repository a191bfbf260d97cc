package io.billingledger.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.Vault;
import io.billingledger.wiring.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Requests that are answered from what is in memory and committed together with others. The
 * ordinary way takes the key's lock first; who is answered while somebody else has it went the
 * other way.
 */
@LedgerTest
class AnsweredTogetherTest {
  @LocalServerPort private int port;
  @Autowired private Vault vault;

  @Value("${spring.datasource.url}")
  private String url;

  private ApiClient platform;
  private String tenant;
  private String path;

  @BeforeEach
  void aTenantThatWasAnsweredAboutLately() {
    platform = ApiClient.owner(port);
    Answer made =
        platform
            .post(
                "/api/platform/tenants",
                """
                {"name": "Toko", "owner_email": "budi@example.com", "tax_identity": "01.234"}""")
            .expect(201);
    tenant = made.text("/id");
    path = "/api/platform/subscriptions/tenants/" + tenant;
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        platform
                            .get("/api/platform/tenants/" + tenant)
                            .expect(200)
                            .text("/provisioning_status"))
                    .isEqualTo("DONE"));
    // The tenant learns of its provisioning by an event that may still be on its way.
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              alone("activate"); // where the last attempt has left it suspended
              return alone("suspend").status() == 200
                  && answeredTogether("activate").status() == 200;
            });
  }

  @Test
  void theAnswerIsTheOrdinaryOne() throws Exception {
    Answer together = answeredTogether("suspend");
    assertThat(together.status()).isEqualTo(200);
    alone("activate").expect(200);
    Answer alone = alone("suspend").expect(200);
    assertThat(like(together)).isEqualTo(like(alone));
    assertThat(together.text("/owner_email")).isEqualTo("budi@example.com");
    assertThat(together.text("/tax_identity")).isEqualTo("01.234");
    assertThat(together.text("/status")).isEqualTo("SUSPENDED");
    assertThat(together.header("ETag")).contains("\"" + together.text("/version") + "\"");
    assertThat(together.contentType()).isEqualTo(alone.contentType());
    Answer read = platform.after(alone).get("/api/platform/tenants/" + tenant).expect(200);
    assertThat(read.raw()).isEqualTo(alone.raw());
    assertThat(platform.after(together).get("/api/audit/events?stream=" + tenant).expect(200).raw())
        .contains("because of suspend");
  }

  @Test
  void aRepeatedRequestGetsTheStoredAnswer() throws Exception {
    String key = UUID.randomUUID().toString();
    Answer first = answeredTogether(key, "suspend").expect(200);
    Answer again = platform.key(key).post(path + "/suspend", reason("suspend")).expect(200);
    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(again.header("Idempotent-Replayed")).contains("true");
    assertThat(again.raw()).isEqualTo(first.raw());
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(again.header("Ledger-Position")).isEqualTo(first.header("Ledger-Position"));
    platform
        .key(key)
        .post(path + "/activate", reason("activate"))
        .expectProblem(422, "idempotency.key-reused");
  }

  @Test
  void aRefusalIsToldOnTheOrdinaryWay() throws Exception {
    answeredTogether("suspend").expect(200);
    answeredTogether("suspend").expectProblem(409, "idempotency.in-progress");
    alone("suspend").expectProblem(409, "tenant.already-suspended");
    platform
        .with("If-Match", "\"0\"")
        .post(path + "/activate", reason("activate"))
        .expectProblem(412, "version.stale");
    platform.post(path + "/activate", "{\"reason\": \"\"}").expectProblem(400, "request.invalid");
    // What was refused is forgotten, so the next one reads anew, and the one after it need not.
    alone("activate").expect(200);
    answeredTogether("suspend").expect(200);
  }

  @Test
  void whatHasChangedSinceItWasReadIsReadAnew() throws Exception {
    answeredTogether("suspend").expect(200);
    Scope.allTenants(() -> vault.erase(new TenantId(tenant)));
    answeredTogether("activate").expectProblem(409, "idempotency.in-progress");
    Answer erased = alone("activate").expect(200);
    assertThat(erased.json().at("/owner_email").isNull()).isTrue();
    assertThat(erased.json().at("/tax_identity").isNull()).isTrue();
  }

  @Test
  void aSubscriptionThatHasChangedIsReadAnew() throws Exception {
    String code = "together-" + UUID.randomUUID().toString().substring(0, 8);
    platform
        .post("/api/platform/products", "{\"code\": \"%s\", \"name\": \"App\"}".formatted(code))
        .expect(201);
    platform
        .post(
            "/api/platform/plans",
            """
            {"code": "%1$s", "product_code": "%1$s", "name": "One",
             "price": {"amount": "150000.00", "currency": "IDR"}}"""
                .formatted(code))
        .expect(201);
    Answer subscribed =
        platform
            .post(
                "/api/platform/subscriptions",
                "{\"tenant_id\": \"%s\", \"plan_code\": \"%s\"}".formatted(tenant, code))
            .expect(201);
    Awaitility.await() // events about its first cycle may still be on their way
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              alone("activate"); // where the last attempt has left it suspended
              return alone("suspend").status() == 200
                  && answeredTogether("activate").status() == 200
                  && alone("suspend").status() == 200;
            });
    Answer before = answeredTogether("activate").expect(200);
    assertThat(before.text("/active_cycle/plan_code")).isEqualTo(code);
    // It is the subscription's event alone, of which the tenant hears nothing.
    Answer changed =
        owner()
            .post("/api/subscriptions/auto-renew?product=" + code, "{\"enabled\": false}")
            .expect(200);
    platform
        .after(changed)
        .get("/api/platform/subscriptions/" + subscribed.text("/id"))
        .expect(200);
    answeredTogether("suspend").expectProblem(409, "idempotency.in-progress");
    alone("suspend").expect(200);
    answeredTogether("activate").expect(200);
  }

  private ApiClient owner() {
    return platform.asNew("owner-" + tenant, "owner", tenant);
  }

  private Answer alone(String what) {
    return platform.post(path + "/" + what, reason(what));
  }

  private Answer answeredTogether(String what) throws SQLException {
    return answeredTogether(UUID.randomUUID().toString(), what);
  }

  /** While somebody else has the key's lock. */
  private Answer answeredTogether(String key, String what) throws SQLException {
    try (Connection other = TestDatabase.asOwner(url)) {
      other.setAutoCommit(false);
      try (PreparedStatement lock = other.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
        lock.setLong(1, Answers.number(new CommandKey("platform", key)));
        lock.execute();
      }
      Answer answer = platform.key(key).post(path + "/" + what, reason(what));
      other.rollback();
      return answer;
    }
  }

  private static String reason(String what) {
    return "{\"reason\": \"because of %s\"}".formatted(what);
  }

  /** But for versions and times, which are later. */
  private static String like(Answer answer) {
    return answer
        .raw()
        .replaceAll("\"version\":\\d+", "\"version\":0")
        .replaceAll("\"since\":\"[^\"]*\"", "\"since\":\"\"");
  }
}
