package io.billingledger.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.api.error.ProblemResolver;
import io.billingledger.api.json.Json;
import io.billingledger.kernel.StaleVersion;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

class VersionsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-31T00:00:00Z"), ZoneOffset.UTC);

  private final MockMvc mvc =
      MockMvcBuilders.standaloneSetup(new Things())
          .setCustomArgumentResolvers(new CommandArguments(CLOCK))
          .setControllerAdvice(new AnswerHeaders())
          .setMessageConverters(new JacksonJsonHttpMessageConverter(Json.mapper()))
          .setHandlerExceptionResolvers(new ProblemResolver())
          .build();

  record Thing(Instant changedAt, long version) implements Versioned {}

  @RestController
  static class Things {
    @PostMapping("/things")
    Thing change(ExpectedVersion expected, @Now Instant at) {
      StaleVersion.check(expected.orNull(), 7L);
      return new Thing(at, 8);
    }
  }

  @Test
  void aResourceCarriesItsVersion() throws Exception {
    MockHttpServletResponse answer = post(null);
    assertThat(answer.getHeader("ETag")).isEqualTo("\"8\"");
    assertThat(answer.getContentAsString())
        .isEqualTo("{\"changed_at\":\"2026-01-31T00:00:00Z\",\"version\":8}");
  }

  @Test
  void whoDecidedOnAnotherVersionIsRefused() throws Exception {
    assertThat(post("\"7\"").getStatus()).isEqualTo(200);
    assertThat(post("*").getStatus()).isEqualTo(200);
    MockHttpServletResponse stale = post("\"6\"");
    assertThat(stale.getStatus()).isEqualTo(412);
    assertThat(stale.getContentAsString()).contains("version.stale");
    for (String nonsense : new String[] {"7", "W/\"7\"", "\"seven\"", "\"1\", \"2\"", ""}) {
      assertThat(post(nonsense).getStatus()).as(nonsense).isEqualTo(400);
    }
  }

  private MockHttpServletResponse post(String ifMatch) throws Exception {
    var request = MockMvcRequestBuilders.post("/things");
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    return mvc.perform(request).andReturn().getResponse();
  }
}
