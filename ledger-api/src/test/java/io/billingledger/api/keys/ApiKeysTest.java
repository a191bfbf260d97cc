package io.billingledger.api.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.kernel.TenantId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@LedgerTest
class ApiKeysTest {
  @LocalServerPort private int port;
  private ApiClient owner;

  @BeforeEach
  void owner() {
    owner = ApiClient.owner(port);
  }

  @Test
  void aKeySpeaksForItsActorUntilItIsRevoked() {
    Answer made =
        owner.post(
            "/api/platform/api-keys",
            """
            {"actor": "budi@example.com", "roles": ["platform_billing", "finance"]}""");
    made.expect(201);
    assertThat(made.text("/secret")).startsWith("blk_").hasSize(47);
    assertThat(made.header("Location")).contains("/api/platform/api-keys/" + made.text("/id"));
    assertThat(made.text("/created_by")).isEqualTo("platform-owner");

    ApiClient budi = ApiClient.anonymous(port).as(made.text("/secret"));
    Answer session = budi.get("/api/session").expect(200);
    assertThat(session.json().toString())
        .isEqualTo(
            "{\"actor\":\"budi@example.com\",\"roles\":[\"platform_billing\",\"finance\"],"
                + "\"tenant_id\":null,\"workspace\":\"platform\"}");

    Answer revoked =
        owner.post("/api/platform/api-keys/" + made.text("/id") + "/revoke", null).expect(200);
    assertThat(revoked.text("/revoked_by")).isEqualTo("platform-owner");
    budi.get("/api/session").expectProblem(401, "authentication.invalid");

    String again = owner.get("/api/platform/api-keys").expect(200).raw();
    assertThat(again).contains(made.text("/id")).doesNotContain("secret");
  }

  @Test
  void aRepeatedAnswerDoesNotRepeatTheSecret() {
    ApiClient twice = owner.key("make-a-key-" + System.nanoTime());
    String body =
        """
        {"actor": "sari@example.com", "roles": ["auditor"]}""";
    Answer first = twice.post("/api/platform/api-keys", body).expect(201);
    Answer second = twice.post("/api/platform/api-keys", body).expect(201);

    assertThat(second.header("Idempotent-Replayed")).contains("true");
    assertThat(second.text("/id")).isEqualTo(first.text("/id"));
    assertThat(second.json().get("secret").isNull()).isTrue();
  }

  @Test
  void rolesAndTenantMustFit() {
    String path = "/api/platform/api-keys";
    owner
        .post(path, "{\"actor\": \"a\", \"roles\": [\"owner\"]}")
        .expectProblem(422, "api-key.roles-do-not-fit");
    owner
        .post(
            path,
            "{\"actor\": \"a\", \"roles\": [\"finance\"], \"tenant_id\": \"%s\"}"
                .formatted(TenantId.next()))
        .expectProblem(422, "api-key.roles-do-not-fit");
    owner
        .post(
            path,
            "{\"actor\": \"a\", \"roles\": [\"owner\"], \"tenant_id\": \"%s\"}"
                .formatted(TenantId.next()))
        .expectProblem(422, "api-key.tenant-unknown");
    owner
        .post(path, "{\"actor\": \"system:renewal\", \"roles\": [\"finance\"]}")
        .expectProblem(422, "api-key.actor-reserved");
    Answer unknown =
        owner
            .post(path, "{\"actor\": \"a\", \"roles\": [\"emperor\"]}")
            .expectProblem(400, "request.invalid");
    assertThat(unknown.text("/errors/0/pointer")).isEqualTo("/roles/0");
    assertThat(unknown.text("/errors/0/detail")).contains("platform_owner, platform_billing");
    owner.post(path, "{\"actor\": \"\", \"roles\": []}").expectProblem(400, "request.invalid");
  }

  @Test
  void thereIsNoSuchKey() {
    owner
        .post("/api/platform/api-keys/key_01J9ZQ3V6X8Y5W2K7M4N1P0R3T/revoke", null)
        .expectProblem(404, "api-key.unknown");
    owner
        .post("/api/platform/api-keys/nonsense/revoke", null)
        .expectProblem(404, "api-key.unknown");
  }

  @Test
  void theListComesInPages() {
    for (int i = 0; i < 3; i++) {
      owner.asNew("page-" + i, "finance", null);
    }
    Answer first = owner.get("/api/platform/api-keys?limit=2").expect(200);
    assertThat(first.json().get("data")).hasSize(2);
    assertThat(first.json().get("has_more").asBoolean()).isTrue();
    owner.asNew("page-between", "finance", null);
    Answer second =
        owner
            .get("/api/platform/api-keys?limit=2&cursor=" + first.text("/next_cursor"))
            .expect(200);
    assertThat(second.text("/data/0/actor")).isEqualTo("page-0");
  }
}
