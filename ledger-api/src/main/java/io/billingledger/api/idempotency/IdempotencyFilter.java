package io.billingledger.api.idempotency;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.idempotency.Answers.Answer;
import io.billingledger.api.json.Json;
import io.billingledger.api.security.Caller;
import io.billingledger.api.security.Callers;
import io.billingledger.kernel.TenantId;
import io.billingledger.wiring.UnitsOfWork;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Makes one unit of work of a request that changes something: its effects and its stored answer
 * commit together, a refusal leaves nothing. The same request again gets the stored answer. What
 * can be done together with other requests is, with the same outcome.
 */
public final class IdempotencyFilter extends OncePerRequestFilter {
  public static final String HEADER = "Idempotency-Key";
  public static final String REPLAYED = "Idempotent-Replayed";

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final UnitsOfWork units;
  private final Answers answers;
  private final QuickAnswers quick;
  private final Clock clock;
  private final int maxBody;
  private final int maxBatch;

  public IdempotencyFilter(
      UnitsOfWork units,
      Answers answers,
      QuickAnswers quick,
      Clock clock,
      int maxBody,
      int maxBatch) {
    this.units = units;
    this.answers = answers;
    this.quick = quick;
    this.clock = clock;
    this.maxBody = maxBody;
    this.maxBatch = maxBatch;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !Paths.takesKey(request) || Paths.streams(request) || Callers.current().isEmpty();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest raw, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    RepeatableRequest request =
        RepeatableRequest.of(raw, Paths.takesBatch(raw) ? maxBatch : maxBody);
    try {
      if (Paths.mayBeDry(request) && isDry(request.body())) {
        chain.doFilter(request, response);
        return;
      }
      Caller caller = Callers.current().orElseThrow();
      CommandKey key = key(request, caller);
      request.setAttribute(CommandKey.class.getName(), key);
      byte[] digest = RequestDigest.of(request);
      Optional<Answer> done =
          quick.answer(new QuickAnswers.Request(request, request.body(), caller, key, digest));
      if (done.isPresent()) {
        send(done.get(), response);
        return;
      }
      Optional<Fresh> together = together(key, digest, request, response, chain);
      if (together.isPresent()) {
        together.get().send();
        return;
      }
      try {
        units
            .perform(
                () -> attempt(key, digest, request, response, chain),
                Outcome::hadEffect,
                (outcome, position) -> store(key, digest, outcome, position))
            .send();
      } catch (UncheckedIOException e) {
        throw e.getCause();
      } catch (Carried e) {
        throw e.exception;
      }
    } finally {
      request.close();
    }
  }

  /** Whose key has an answer goes alone, and so does whatever cannot be answered from memory. */
  private Optional<Fresh> together(
      CommandKey key,
      byte[] digest,
      RepeatableRequest request,
      HttpServletResponse response,
      FilterChain chain) {
    return Paths.usesNoDatabase(request)
        ? units
            .together(
                () -> fresh(request, response, chain),
                fresh ->
                    Optional.of(fresh)
                        .filter(Outcome::hadEffect)
                        .map(_ -> answer(digest, fresh, OptionalLong.empty()))
                        .map(answer -> new Answers.Kept(key, answer)))
            .map(done -> done.answer().at(done.position()))
        : Optional.empty();
  }

  private Outcome attempt(
      CommandKey key,
      byte[] digest,
      RepeatableRequest request,
      HttpServletResponse response,
      FilterChain chain) {
    Answers.Found found = answers.lock(key);
    if (!found.free()) {
      throw inProgress();
    }
    if (found.answer() != null) {
      if (!MessageDigest.isEqual(found.answer().request(), digest)) {
        throw keyReused();
      }
      return new Replay(found.answer(), response);
    }
    return fresh(request, response, chain);
  }

  private static Fresh fresh(
      RepeatableRequest request, HttpServletResponse response, FilterChain chain) {
    if (!response.isCommitted()) {
      response.reset(); // an attempt before this one may have left something
    }
    Fresh fresh = new Fresh(request, new ContentCachingResponseWrapper(response));
    try {
      chain.doFilter(request, fresh.response());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ServletException e) {
      // A conflict must reach the unit of work as what it is, to be tried again.
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new Carried(e);
    }
    return fresh;
  }

  private void store(CommandKey key, byte[] digest, Outcome outcome, OptionalLong position) {
    Fresh fresh = (Fresh) outcome;
    answers.store(key, answer(digest, fresh.at(position), position), clock.instant());
  }

  private static Answer answer(byte[] digest, Fresh fresh, OptionalLong position) {
    return new Answer(
        digest,
        fresh.response().getStatus(),
        fresh.response().getContentType(),
        fresh.response().getHeader(HttpHeaders.LOCATION),
        fresh.response().getHeader(HttpHeaders.ETAG),
        position.isPresent() ? position.getAsLong() : null,
        fresh.bodyToKeep());
  }

  private static void send(Answer answer, HttpServletResponse response) throws IOException {
    response.setStatus(answer.status());
    if (answer.contentType() != null) {
      response.setContentType(answer.contentType());
    }
    if (answer.location() != null) {
      response.setHeader(HttpHeaders.LOCATION, answer.location());
    }
    if (answer.etag() != null) {
      response.setHeader(HttpHeaders.ETAG, answer.etag());
    }
    if (answer.position() != null) {
      response.setHeader(PositionToken.HEADER, PositionToken.of(answer.position()));
    }
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }

  static ProblemException inProgress() {
    return new ProblemException(
            HttpStatus.CONFLICT,
            "idempotency.in-progress",
            "A request with this Idempotency-Key is still running.")
        .retryAfter(1);
  }

  static ProblemException keyReused() {
    return new ProblemException(
        HttpStatus.UNPROCESSABLE_CONTENT,
        "idempotency.key-reused",
        "This Idempotency-Key was used for another request.");
  }

  /**
   * The key of a request that changes something.
   *
   * @throws ProblemException where it is missing or malformed
   */
  public static CommandKey key(HttpServletRequest request, Caller caller) {
    String key = request.getHeader(HEADER);
    if (key == null || key.isBlank()) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "idempotency.key-missing",
          "This request changes something and needs the header Idempotency-Key.");
    }
    if (!KEY.matcher(key).matches()) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "idempotency.key-invalid",
          "An Idempotency-Key is 1 to 255 visible ASCII characters.");
    }
    return new CommandKey(caller.tenant().map(TenantId::value).orElse("platform"), key);
  }

  private static boolean isDry(byte[] body) {
    try {
      JsonNode dry = Json.mapper().readTree(body).path("dry_run");
      return dry.isBoolean() && dry.booleanValue();
    } catch (JacksonException notJson) {
      return false;
    }
  }

  /** What a request came to. */
  private sealed interface Outcome {
    boolean hadEffect();

    void send() throws IOException;
  }

  private record Replay(Answer answer, HttpServletResponse response) implements Outcome {
    @Override
    public boolean hadEffect() {
      return false;
    }

    @Override
    public void send() throws IOException {
      response.setHeader(REPLAYED, "true");
      IdempotencyFilter.send(answer, response);
    }
  }

  private record Fresh(RepeatableRequest request, ContentCachingResponseWrapper response)
      implements Outcome {
    @Override
    public boolean hadEffect() {
      return response.getStatus() >= 200 && response.getStatus() < 300;
    }

    @Override
    public void send() throws IOException {
      response.copyBodyToResponse();
    }

    Fresh at(OptionalLong position) {
      position.ifPresent(at -> response.setHeader(PositionToken.HEADER, PositionToken.of(at)));
      return this;
    }

    byte[] bodyToKeep() {
      Object again = request.getAttribute(AnsweredOnce.class.getName());
      return again == null
          ? response.getContentAsByteArray()
          : Json.mapper().writeValueAsBytes(again);
    }
  }

  private static final class Carried extends RuntimeException {
    private final transient ServletException exception;

    Carried(ServletException exception) {
      super(exception);
      this.exception = exception;
    }
  }
}
