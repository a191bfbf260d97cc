package io.billingledger.api.usage;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.idempotency.CommandKey;
import io.billingledger.api.idempotency.IdempotencyFilter;
import io.billingledger.api.idempotency.Now;
import io.billingledger.api.idempotency.Parts;
import io.billingledger.api.idempotency.Paths;
import io.billingledger.api.json.Json;
import io.billingledger.api.security.Caller;
import io.billingledger.kernel.UsageBatchId;
import io.billingledger.metering.UsageIntake;
import io.billingledger.metering.UsageStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Many records of usage in one request. An array is one unit of work. A stream is done in parts of
 * a thousand lines, each with its stored answer, so that one that breaks off is gone on with by
 * sending it again.
 */
@RestController
@Tag(name = "Usage")
class UsageBatchController {
  static final String EVENT = "application/cloudevents+json";
  static final String EVENTS = "application/cloudevents-batch+json";

  private static final MediaType EVENT_TYPE = MediaType.parseMediaType(EVENT);
  private static final MediaType EVENTS_TYPE = MediaType.parseMediaType(EVENTS);
  private static final MediaType STREAM = MediaType.parseMediaType(Paths.STREAM);
  private static final List<MediaType> TYPES =
      List.of(MediaType.APPLICATION_JSON, EVENT_TYPE, EVENTS_TYPE, STREAM);

  private final UsageIntake intake;
  private final UsageStreams streams;

  UsageBatchController(UsageIntake intake, Parts parts) {
    this.intake = intake;
    this.streams = new UsageStreams(intake, parts);
  }

  /**
   * @param results one of each record, in their order
   */
  record Results(int accepted, int duplicate, int rejected, List<UsageResult> results) {
    static Results of(List<UsageResult> results) {
      return new Results(
          count(results, UsageResult.Status.ACCEPTED),
          count(results, UsageResult.Status.DUPLICATE),
          count(results, UsageResult.Status.REJECTED),
          results);
    }

    private static int count(List<UsageResult> results, UsageResult.Status status) {
      return (int) results.stream().filter(result -> result.status() == status).count();
    }
  }

  @PostMapping("/api/usage/batch")
  @Operation(
      operationId = "reportUsageBatch",
      summary = "Report usage in a batch or in a stream of JSON lines",
      requestBody =
          @RequestBody(
              required = true,
              content = {
                @Content(
                    mediaType = MediaType.APPLICATION_JSON_VALUE,
                    array = @ArraySchema(schema = @Schema(implementation = UsageShape.class))),
                @Content(mediaType = EVENTS, schema = @Schema(type = "array")),
                @Content(mediaType = EVENT, schema = @Schema(type = "object")),
                @Content(mediaType = Paths.STREAM, schema = @Schema(type = "string"))
              }))
  Results report(
      HttpServletRequest request, HttpServletResponse response, Caller caller, @Now Instant now)
      throws IOException, HttpMediaTypeNotSupportedException {
    CommandKey key = IdempotencyFilter.key(request, caller);
    MediaType type = type(request);
    if (type.equalsTypeAndSubtype(STREAM)) {
      streams.answer(request, response, caller, key);
      return null;
    }
    JsonNode body = Json.mapper().readTree(request.getInputStream());
    UsageBatch batch = new UsageBatch(0);
    if (type.equalsTypeAndSubtype(EVENT_TYPE)) {
      batch.add(() -> CloudEvents.read(body));
    } else {
      boolean events = type.equalsTypeAndSubtype(EVENTS_TYPE);
      for (JsonNode record : array(body)) {
        String otherwise = key.key() + "/" + batch.next();
        batch.add(() -> events ? CloudEvents.read(record) : UsageReader.read(record, otherwise));
      }
    }
    return Results.of(
        batch.take(
            intake, caller.tenantId(), now, caller.actor(), key.derive(UsageBatchId::derive)));
  }

  private static MediaType type(HttpServletRequest request)
      throws HttpMediaTypeNotSupportedException {
    String text = request.getContentType();
    MediaType type = text == null ? null : MediaType.parseMediaType(text);
    if (type == null || TYPES.stream().noneMatch(type::equalsTypeAndSubtype)) {
      throw new HttpMediaTypeNotSupportedException(type, TYPES);
    }
    return type;
  }

  private static JsonNode array(JsonNode body) {
    if (!body.isArray()) {
      throw ProblemException.body("", "must be an array, not " + UsageReader.shape(body));
    }
    if (body.isEmpty()) {
      throw ProblemException.body("", "must have at least one record");
    }
    if (body.size() > UsageStore.MOST) {
      throw new ProblemException(
          HttpStatus.CONTENT_TOO_LARGE,
          "usage.batch-too-long",
          "A batch has at most %d records, not %d; a stream of lines may have any number."
              .formatted(UsageStore.MOST, body.size()));
    }
    return body;
  }

  /** One line of a stream. */
  static void readLine(UsageBatch batch, byte[] line, String otherwise) {
    JsonNode record;
    try {
      record = Json.mapper().readTree(line);
    } catch (JacksonException malformed) {
      batch.reject("body.malformed", "", "The line is not well-formed JSON in UTF-8.");
      return;
    }
    batch.add(() -> UsageReader.read(record, otherwise));
  }
}
