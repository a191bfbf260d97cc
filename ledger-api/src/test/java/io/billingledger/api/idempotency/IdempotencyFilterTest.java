package io.billingledger.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.api.error.ProblemException;
import io.billingledger.api.json.Json;
import io.billingledger.api.security.ActingAs;
import io.billingledger.api.security.Caller;
import io.billingledger.api.security.Role;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.TenantId;
import io.billingledger.wiring.FirstStatement;
import io.billingledger.wiring.UnitsOfWork;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockPart;

/** The filter alone, with a unit of work that keeps or forgets as told. */
class IdempotencyFilterTest {
  private static final TenantId TENANT = TenantId.next();

  private final Map<CommandKey, Answers.Answer> stored = new HashMap<>();
  private final IdempotencyFilter filter =
      new IdempotencyFilter(
          new Repeating(), new InMemory(), _ -> Optional.empty(), Clock.systemUTC(), 100, 100);
  private ActingAs caller;

  @BeforeEach
  void anOwnerCalls() {
    caller = new ActingAs(new Caller(new Actor("sari"), Set.of(Role.OWNER), Optional.of(TENANT)));
  }

  @AfterEach
  void gone() {
    caller.close();
  }

  @Test
  void aConflictRunsTheWholeRequestAgain() throws Exception {
    MockHttpServletRequest request = upload("one", "the file");
    List<String> seen = new ArrayList<>();
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter.doFilter(
        request,
        response,
        (attempt, answer) -> {
          var part = ((HttpServletRequest) attempt).getPart("file");
          seen.add(new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
          part.delete();
          ((jakarta.servlet.http.HttpServletResponse) answer).setHeader("X-Try", "" + seen.size());
          if (seen.size() == 1) {
            answer.getWriter().write("half an ans");
            throw new ServletException(new ConcurrencyException("somebody was faster"));
          }
          answer.getWriter().write("done");
        });
    assertThat(seen).containsExactly("the file", "the file");
    assertThat(response.getContentAsString()).isEqualTo("done");
    assertThat(response.getHeader("X-Try")).isEqualTo("2");
    assertThat(response.getHeader("Ledger-Position")).isEqualTo(PositionToken.of(42));
    assertThat(stored).containsOnlyKeys(new CommandKey(TENANT.value(), "one"));
  }

  @Test
  void anUploadIsTheSameWhenItsPartsAre() throws Exception {
    FilterChain done = (_, answer) -> answer.getWriter().write("done");
    filter.doFilter(upload("two", "the file"), new MockHttpServletResponse(), done);

    MockHttpServletResponse again = new MockHttpServletResponse();
    filter.doFilter(upload("two", "the file"), again, done);
    assertThat(again.getHeader("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.getHeader("Ledger-Position")).isEqualTo(PositionToken.of(42));
    assertThat(again.getContentAsString()).isEqualTo("done");

    assertThatThrownBy(
            () -> filter.doFilter(upload("two", "another"), new MockHttpServletResponse(), done))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.code()).isEqualTo("idempotency.key-reused"));
  }

  @Test
  void onlyWhatHadAnEffectIsStored() throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter.doFilter(
        upload("three", "x"),
        response,
        (_, answer) -> ((jakarta.servlet.http.HttpServletResponse) answer).setStatus(409));
    assertThat(response.getStatus()).isEqualTo(409);
    assertThat(stored).isEmpty();
  }

  @Test
  void aDryRunNeedsNoKeyAndIsNoUnitOfWork() throws Exception {
    MockHttpServletRequest dry = new MockHttpServletRequest("POST", "/api/platform/runs/renewals");
    dry.setContent("{\"dry_run\": true}".getBytes(StandardCharsets.UTF_8));
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter.doFilter(
        dry,
        response,
        (request, answer) ->
            answer
                .getWriter()
                .write(
                    new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8)));
    assertThat(response.getContentAsString()).isEqualTo("{\"dry_run\": true}");
    assertThat(stored).isEmpty();

    MockHttpServletRequest real = new MockHttpServletRequest("POST", "/api/platform/runs/renewals");
    real.setContent("{\"dry_run\": \"true\"}".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> filter.doFilter(real, response, (_, _) -> {}))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.code()).isEqualTo("idempotency.key-missing"));
  }

  @Test
  void theSameWordsAreTheSameBody() {
    assertThat(canonical("{\"b\":1.0,\"a\":[{\"d\":null,\"c\":\"x\"}]}"))
        .isEqualTo(canonical(" { \"a\" : [ {\"c\":\"\\u0078\" ,\"d\":null} ] , \"b\":1.0 }\n"));
    assertThat(canonical("{\"a\":1}")).isNotEqualTo(canonical("{\"a\":\"1\"}"));
    assertThat(canonical("[1,2]")).isNotEqualTo(canonical("[2,1]"));
    assertThat(canonical("[[1],2]")).isNotEqualTo(canonical("[[1,2]]"));
    assertThat(canonical("no JSON")).isEqualTo("no JSON");
    for (String text : List.of("", "plain", "a\"b", "a\\b", "a\tb\u0001", "é€", "\u007f", "~ !")) {
      assertThat(RequestDigest.quoted(text)).isEqualTo(Json.mapper().writeValueAsString(text));
    }
  }

  private static String canonical(String body) {
    return new String(
        RequestDigest.canonical(body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  private static MockHttpServletRequest upload(String key, String content) {
    MockHttpServletRequest request =
        new MockHttpServletRequest("POST", "/api/subscriptions/invoices/inv_1/proof");
    request.setContentType("multipart/form-data; boundary=x");
    request.addHeader("Idempotency-Key", key);
    request.addPart(new Deletable("file", "a.pdf", content.getBytes(StandardCharsets.UTF_8)));
    request.addPart(new Deletable("amount", null, "150000.00".getBytes(StandardCharsets.UTF_8)));
    return request;
  }

  /** Gone after it was deleted, as Tomcat's parts are. */
  private static final class Deletable extends MockPart {
    private boolean deleted;

    Deletable(String name, String file, byte[] content) {
      super(name, file, content);
    }

    @Override
    public void delete() {
      deleted = true;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      if (deleted) {
        throw new IOException("deleted");
      }
      return super.getInputStream();
    }
  }

  /** Runs the work again after a conflict, as the real one does. */
  private static final class Repeating implements UnitsOfWork {
    @Override
    public <T> T perform(
        Supplier<T> work, Predicate<T> keep, BiConsumer<T, OptionalLong> beforeCommit) {
      T answer;
      try {
        answer = work.get();
      } catch (ConcurrencyException conflict) {
        answer = work.get();
      }
      if (keep.test(answer)) {
        beforeCommit.accept(answer, OptionalLong.of(42));
      }
      return answer;
    }
  }

  private final class InMemory extends Answers {
    InMemory() {
      super(
          new JdbcTemplate(),
          new FirstStatement() {
            @Override
            public <T> T tellingScope(Function<String, T> statement) {
              return statement.apply("*");
            }
          });
    }

    @Override
    Found lock(CommandKey key) {
      return new Found(true, stored.get(key));
    }

    @Override
    void store(CommandKey key, Answer answer, Instant at) {
      stored.put(key, answer);
    }
  }
}
