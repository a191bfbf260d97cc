package io.billingledger.api.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import io.billingledger.api.security.Role;
import io.billingledger.api.security.RoleTable;
import io.billingledger.api.security.RoleTable.Row;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * What holds for every operation, whatever it does: an unknown query parameter, a body that says
 * more than is read, one that is no JSON, and a cursor that nobody answered are refused with a
 * problem document; what changes something needs an idempotency key.
 */
@LedgerTest
class EveryOperationTest {
  private static final String NOBODY = "01J9ZQ3V6X8Y5W2K7M4N1P0R3T";

  private static final List<String> BODIES =
      List.of(
          "{\"nonsense\": 1}",
          "{",
          "[]",
          "null",
          "17",
          "\"text\"",
          "{\"a\": 1, \"a\": 2}",
          "a=b",
          "{\"a\":".repeat(3000),
          "\u0000",
          "{\"reason\": \"\\u0000\"}");

  private static final List<String> TYPES =
      List.of("application/json", "text/plain", "nonsense", "multipart/form-data; boundary=x");

  private static final List<String> CURSORS =
      List.of("x", cursor("-99999999999:x"), cursor("-9223372036854775808:"), cursor("1:\u0000"));

  @LocalServerPort private int port;

  @TestFactory
  Stream<DynamicTest> refusesWhatItDoesNotRead() {
    ApiClient platform = ApiClient.owner(port);
    String tenant =
        platform
            .post("/api/platform/tenants", "{\"name\": \"T\", \"owner_email\": \"t@example.com\"}")
            .expect(201)
            .text("/id");
    ApiClient owner = platform.asNew("owner of " + tenant, "owner", tenant);
    return RoleTable.rows().stream()
        .filter(row -> !row.path().getPatternString().startsWith("/api/test-clock"))
        .map(
            row ->
                dynamicTest(
                    row.method() + " " + row.path(),
                    () ->
                        tryAll(row.roles().contains(Role.PLATFORM_OWNER) ? platform : owner, row)));
  }

  private static void tryAll(ApiClient caller, Row row) {
    String path = path(row);
    refused(caller.send(row.method(), path + "?nonsense=1", null), "an unknown parameter", 400);
    if (row.method().equals("GET")) {
      CURSORS.forEach(cursor -> refused(caller.get(path + "?cursor=" + cursor), cursor, 400));
      return;
    }
    for (String body : BODIES) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      for (String type : TYPES) {
        refused(caller.send(row.method(), path, type, bytes), type + ": " + body, 0);
      }
    }
    if (!row.open()) {
      refused(caller.key("").send(row.method(), path, "{}"), "no key", 400);
    }
  }

  /**
   * @param status 0 for any refusal
   */
  private static void refused(Answer answer, String what, int status) {
    String said = what.substring(0, Math.min(60, what.length())) + " → " + answer.raw();
    assertThat(answer.status()).as(said).isBetween(400, 499);
    if (status != 0) {
      assertThat(answer.status()).as(said).isEqualTo(status);
    }
    assertThat(answer.contentType()).as(said).isEqualTo("application/problem+json");
    assertThat(answer.text("/code")).as(said).isNotBlank();
  }

  private static String path(Row row) {
    return row.path()
        .getPatternString()
        .replace("{tenant}", "ten_" + NOBODY)
        .replace("{proof}", "prf_" + NOBODY)
        .replace("{note}", "cn_" + NOBODY)
        .replace("{line}", "lin_" + NOBODY)
        .replace("{code}", "nothing")
        .replace("{token}", "nothing")
        .replace("{change}", "chg_" + NOBODY)
        .replace("{month}", "2020-01")
        .replace("{report}", "ACCOUNT_STATEMENT")
        .replace("{id}", prefix(row.path().getPatternString()) + NOBODY);
  }

  private static String prefix(String path) {
    if (path.contains("invoices/")) {
      return "inv_";
    }
    if (path.contains("manual-entries/")) {
      return "man_";
    }
    if (path.contains("breaks/")) {
      return "brk_";
    }
    if (path.contains("/change-request/{id}")) {
      return "chg_";
    }
    if (path.contains("bank-statements/")) {
      return "bst_";
    }
    if (path.contains("bank-entries/")) {
      return "ben_";
    }
    if (path.contains("bank-accounts/")) {
      return "bac_";
    }
    if (path.contains("consumptions/")) {
      return "usg_";
    }
    if (path.contains("api-keys/")) {
      return "key_";
    }
    return path.contains("runs/") ? "run_" : "sub_";
  }

  private static String cursor(String plain) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }
}
