package io.billingledger.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the ledger's HTTP interface for one API key. Reads its own writes. */
public final class LedgerClient {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http;
  private final URI base;
  private final String key;
  private String position;

  /** An answer, whatever its status. */
  public record Answer(int status, JsonNode body) {
    /** The text at a path such as {@code /active_cycle/cycle_no}; empty when there is none. */
    public String text(String pointer) {
      return LedgerClient.text(body, pointer);
    }
  }

  private LedgerClient(HttpClient http, URI base, String key) {
    this.http = http;
    this.base = base;
    this.key = key;
  }

  public LedgerClient(URI base, String key) {
    this(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), base, key);
  }

  public LedgerClient withKey(String otherKey) {
    return new LedgerClient(http, base, otherKey);
  }

  public static String text(JsonNode node, String pointer) {
    JsonNode found = node.at(pointer);
    return found.isMissingNode() || found.isNull() ? "" : found.asString();
  }

  public Answer get(String path) {
    HttpRequest.Builder request = request(path).GET();
    if (position != null) {
      request.header("Ledger-Position", position);
    }
    return send(request);
  }

  /** Posts under a new idempotency key. */
  public Answer post(String path, Map<String, ?> body) {
    return post(path, UUID.randomUUID().toString(), body);
  }

  public Answer post(String path, String idempotencyKey, Map<String, ?> body) {
    return send(
        request(path)
            .header("Idempotency-Key", idempotencyKey)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  public Answer delete(String path) {
    return send(request(path).header("Idempotency-Key", UUID.randomUUID().toString()).DELETE());
  }

  /** Posts a form with one file. */
  public Answer upload(String path, byte[] file, String fileName, Map<String, String> fields) {
    String boundary = "ledger-" + UUID.randomUUID();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach(
        (name, value) ->
            body.writeBytes(
                part(boundary, "name=\"" + name + "\"", "text/plain; charset=utf-8", value)));
    body.writeBytes(
        part(
            boundary,
            "name=\"file\"; filename=\"" + fileName + "\"",
            "application/octet-stream",
            ""));
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    byte[] head = body.toByteArray();
    whole.write(head, 0, head.length - 2);
    whole.writeBytes(file);
    whole.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return send(
        request(path)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofByteArray(whole.toByteArray())));
  }

  private static byte[] part(String boundary, String name, String type, String value) {
    return ("--%s\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\n\r\n%s\r\n")
        .formatted(boundary, name, type, value)
        .getBytes(StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(Duration.ofMinutes(2))
        .header("Authorization", "Bearer " + key);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      response.headers().firstValue("Ledger-Position").ifPresent(reached -> position = reached);
      String body = response.body();
      return new Answer(
          response.statusCode(), body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
