package io.billingledger.api;

import io.billingledger.api.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A caller of the HTTP interface in tests. Immutable: {@code as}, {@code key} and {@code with} make
 * another one. Requests that change something get a new Idempotency-Key unless one is set.
 */
public final class ApiClient {
  /** The platform owner's key in every {@link io.billingledger.LedgerTest}. */
  public static final String OWNER_KEY = "blk_the-platform-owner-of-every-test-0000000000";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final Map<String, String> headers;

  private ApiClient(int port, Map<String, String> headers) {
    this.port = port;
    this.headers = headers;
  }

  /** The platform owner. */
  public static ApiClient owner(int port) {
    return anonymous(port).as(OWNER_KEY);
  }

  public static ApiClient anonymous(int port) {
    return new ApiClient(port, Map.of());
  }

  public ApiClient as(String token) {
    return with("Authorization", "Bearer " + token);
  }

  /** With a new API key that this caller, a platform owner, makes. */
  public ApiClient asNew(String actor, String role, String tenantId) {
    Answer made =
        post(
                "/api/platform/api-keys",
                """
                {"actor": "%s", "roles": ["%s"], "tenant_id": %s}"""
                    .formatted(actor, role, tenantId == null ? "null" : '"' + tenantId + '"'))
            .expect(201);
    return as(made.text("/secret"));
  }

  public ApiClient key(String idempotencyKey) {
    return with("Idempotency-Key", idempotencyKey);
  }

  public ApiClient with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new ApiClient(port, more);
  }

  /** Reads what the answer wrote. */
  public ApiClient after(Answer answer) {
    return answer.header("Ledger-Position").map(at -> with("Ledger-Position", at)).orElse(this);
  }

  public Answer get(String path) {
    return send("GET", path, null);
  }

  public Answer post(String path, String json) {
    return send("POST", path, json);
  }

  public Answer delete(String path) {
    return send("DELETE", path, null);
  }

  public Answer send(String method, String path, String json) {
    return send(
        method,
        path,
        "application/json",
        json == null ? null : json.getBytes(StandardCharsets.UTF_8));
  }

  public Answer send(String method, String path, String contentType, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (body != null) {
      request.setHeader("Content-Type", contentType);
    }
    if (!method.equals("GET") && !headers.containsKey("Idempotency-Key")) {
      request.setHeader("Idempotency-Key", UUID.randomUUID().toString());
    }
    headers.forEach(request::setHeader);
    try {
      return new Answer(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What came back. */
  public record Answer(HttpResponse<byte[]> response) {
    public int status() {
      return response.statusCode();
    }

    public Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }

    public String contentType() {
      return header("Content-Type").orElse("");
    }

    public String raw() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      return Json.mapper().readTree(response.body());
    }

    /** The text at a JSON pointer; a number's digits. */
    public String text(String pointer) {
      return json().at(pointer).asString();
    }

    public Answer expect(int status) {
      if (status() != status) {
        throw new AssertionError("expected %d, not %d: %s".formatted(status, status(), raw()));
      }
      return this;
    }

    public Answer expectProblem(int status, String code) {
      expect(status);
      if (!contentType().equals("application/problem+json") || !text("/code").equals(code)) {
        throw new AssertionError("expected the problem %s, not %s".formatted(code, raw()));
      }
      return this;
    }
  }
}
