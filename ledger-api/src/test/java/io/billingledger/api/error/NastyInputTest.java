package io.billingledger.api.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.ApiClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whatever is sent, a problem document comes back, and never a 5xx for somebody's bad input. */
@LedgerTest
class NastyInputTest {
  private static final String KEYS = "/api/platform/api-keys";

  @LocalServerPort private int port;
  private ApiClient owner;

  @BeforeEach
  void owner() {
    owner = ApiClient.owner(port);
  }

  @TestFactory
  Stream<DynamicTest> bodies() {
    return Stream.of(
            body("no body", "", 400, "body.missing"),
            body("no JSON", "{actor", 400, "body.malformed"),
            body("two documents", "{\"actor\":\"a\",\"roles\":[\"finance\"]} {}", 400, null),
            body("a field twice", "{\"actor\":\"a\",\"actor\":\"b\"}", 400, "body.malformed"),
            body("an array", "[]", 400, "request.invalid"),
            body("null", "null", 400, null),
            body("a number", "17", 400, "request.invalid"),
            body("an unknown field", "{\"actr\":\"a\"}", 400, "request.invalid"),
            body("a number for a text", "{\"actor\":1}", 400, "request.invalid"),
            body("an object for a text", "{\"actor\":{}}", 400, "request.invalid"),
            body("a text for an array", "{\"roles\":\"finance\"}", 400, "request.invalid"),
            body("an empty role", "{\"roles\":[\"\"]}", 400, "request.invalid"),
            body("a null role", "{\"actor\":\"a\",\"roles\":[null]}", 400, null),
            body("a number for a role", "{\"roles\":[1]}", 400, "request.invalid"),
            body(
                "NUL", "{\"actor\":\"a\\u0000b\",\"roles\":[\"finance\"]}", 400, "request.invalid"),
            body("half a pair", "{\"actor\":\"\\ud800\",\"roles\":[\"finance\"]}", 400, null),
            body("an absurd number", "{\"actor\":1e999999999}", 400, "request.invalid"),
            body("a very long number", "{\"actor\":" + "9".repeat(5000) + "}", 400, null),
            body("a long text", "{\"actor\":\"" + "x".repeat(300) + "\"}", 400, "request.invalid"),
            body("deep nesting", "[".repeat(100_000), 400, null),
            body("deep objects", "{\"a\":".repeat(100_000), 400, null),
            body("a bad id", "{\"tenant_id\":\"ten_1\"}", 400, "request.invalid"),
            body(
                "an id of another kind",
                "{\"tenant_id\":\"inv_01J9ZQ3V6X8Y5W2K7M4N1P0R3T\"}",
                400,
                null),
            body("too much", "\"" + "x".repeat(3_000_000) + "\"", 413, "body.too-large"))
        .map(
            nasty ->
                dynamicTest(
                    nasty.name,
                    () -> refused(owner.post(KEYS, nasty.body), nasty.status, nasty.code)));
  }

  @Test
  void invalidUtf8() {
    byte[] body = "{\"actor\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
    body[10] = (byte) 0xff;
    refused(owner.send("POST", KEYS, "application/json", body), 400, "body.malformed");
    byte[] overlong = {(byte) '"', (byte) 0xc0, (byte) 0x80, (byte) '"'};
    refused(owner.send("POST", KEYS, "application/json", overlong), 400, null);
  }

  @Test
  void contentTypes() {
    byte[] body = "{}".getBytes(StandardCharsets.US_ASCII);
    refused(owner.send("POST", KEYS, "text/plain", body), 415, "media-type.unsupported");
    refused(owner.send("POST", KEYS, "nonsense", body), 415, null);
    refused(owner.send("POST", KEYS, "application/x-www-form-urlencoded", body), 415, null);
    refused(owner.send("POST", KEYS, "multipart/form-data", body), 400, "multipart.malformed");
    refused(owner.send("POST", KEYS, "multipart/form-data; boundary=x", body), 415, null);
    refused(owner.send("POST", KEYS, "application/json; charset=nonsense", body), 415, null);
  }

  @Test
  void anUploadThatIsTooLarge() {
    String head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
    byte[] body =
        (head + "x".repeat(34_000_000) + "\r\n--x--\r\n").getBytes(StandardCharsets.US_ASCII);
    refused(
        owner.send("POST", KEYS, "multipart/form-data; boundary=x", body), 413, "body.too-large");
  }

  @Test
  void acceptHeaders() {
    refused(
        owner.with("Accept", "text/html").get("/api/session"), 406, "media-type.not-acceptable");
    refused(owner.with("Accept", "nonsense").get("/api/session"), 406, null);
    refused(owner.with("Accept", "text/html").get("/api/nothing"), 404, "path.unknown");
    refused(
        ApiClient.anonymous(port).with("Accept", "text/html").get("/api/session"),
        401,
        "authentication.required");
  }

  @TestFactory
  Stream<DynamicTest> queries() {
    return Stream.of(
            "?nonsense=1",
            "?limit=0",
            "?limit=501",
            "?limit=-1",
            "?limit=99999999999999999999",
            "?limit=ten",
            "?limit=",
            "?limit=1&limit=2",
            "?cursor=%00",
            "?cursor=nonsense",
            "?cursor=%F0%28%8C%28",
            "?cursor=" + "A".repeat(4000),
            "?cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTp4",
            "?cursor=MTph%00",
            "?%00=1",
            "?a%2=1",
            "?limit=%",
            "?limit[]=1")
        .map(query -> dynamicTest(query, () -> refusedRaw("GET " + KEYS + query, 400)));
  }

  @TestFactory
  Stream<DynamicTest> lines() {
    return Stream.of(
            "GET /api/session%00",
            "GET /api//session",
            "GET /api/../api/session",
            "GET /api/%2e%2e/session",
            "GET /api/session;x=1",
            "GET /api/sess%2Fion",
            "GET /api/se%ssion",
            "GET /api/session\\",
            "GET /api/<script>",
            "GET " + "/a".repeat(20_000),
            "get /api/session",
            "NONSENSE /api/session",
            "TRACE /api/session",
            "GET noslash")
        .map(
            line ->
                dynamicTest(
                    line.length() > 80 ? line.substring(0, 80) : line, () -> refusedRaw(line, 0)));
  }

  @Test
  void headers() {
    String body = "{\"actor\":\"a\",\"roles\":[\"finance\"]}";
    refused(owner.key("x".repeat(256)).post(KEYS, body), 400, "idempotency.key-invalid");
    refused(owner.key("with space").post(KEYS, body), 400, "idempotency.key-invalid");
    refused(owner.key("").post(KEYS, body), 400, "idempotency.key-missing");
    refused(owner.with("Ledger-Position", "nonsense").get(KEYS), 400, "position.malformed");
    refused(owner.with("Ledger-Position", "MTp4").get(KEYS), 400, "position.malformed");
    refused(owner.as("blk_wrong").get("/api/session"), 401, "authentication.invalid");
    refused(owner.as("a.b.c").get("/api/session"), 401, "authentication.invalid");
    refused(owner.with("Authorization", "Basic eDp5").get("/api/session"), 401, null);
    refused(owner.with("Authorization", "Bearer").get("/api/session"), 401, null);
    refused(owner.with("Authorization", "Bearer a b").get("/api/session"), 401, null);
    refused(owner.with("X-Long", "x".repeat(100_000)).get("/api/session"), 400, null);
  }

  @Test
  void theTraceIdIsTheCallers() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    Answer answer =
        owner.with("traceparent", "00-" + trace + "-00f067aa0ba902b7-01").get("/api/nothing");
    assertThat(answer.text("/trace_id")).isEqualTo(trace);
    assertThat(owner.get("/api/nothing").text("/trace_id")).matches("[0-9a-f]{32}");
  }

  private record Nasty(String name, String body, int status, String code) {}

  private static Nasty body(String name, String body, int status, String code) {
    return new Nasty(name, body, status, code);
  }

  private static void refused(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.raw()).isEqualTo(status);
    assertThat(answer.contentType()).as(answer.raw()).startsWith("application/problem+json");
    assertThat(answer.text("/status")).isEqualTo(Integer.toString(status));
    assertThat(answer.text("/type")).isEqualTo("urn:problem:" + answer.text("/code"));
    assertThat(answer.text("/detail")).isNotBlank();
    assertThat(answer.raw()).doesNotContain("Exception").doesNotContain("<html");
    if (code != null) {
      assertThat(answer.text("/code")).isEqualTo(code);
    }
  }

  /** What no HTTP client would send. */
  private void refusedRaw(String line, int status) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              (line
                      + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                      + ApiClient.OWNER_KEY
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      InputStream answers = socket.getInputStream();
      String answer = new String(answers.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 4")
          .doesNotContain("<html")
          .doesNotContain("Exception");
      assertThat(answer.toLowerCase()).contains("content-type: application/problem+json");
      if (status > 0) {
        assertThat(answer).startsWith("HTTP/1.1 " + status);
      }
    }
  }
}
