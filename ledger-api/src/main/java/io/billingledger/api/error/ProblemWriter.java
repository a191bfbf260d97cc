package io.billingledger.api.error;

import io.billingledger.api.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;

/** Writes problem documents, whatever the caller said it accepts. */
public final class ProblemWriter {
  private ProblemWriter() {}

  public static void write(
      HttpServletRequest request, HttpServletResponse response, ProblemException problem)
      throws IOException {
    response.resetBuffer();
    response.setStatus(problem.status().value());
    problem.headers().forEach(response::setHeader);
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    byte[] body = Json.mapper().writeValueAsBytes(problem.problem(Trace.of(request)));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
