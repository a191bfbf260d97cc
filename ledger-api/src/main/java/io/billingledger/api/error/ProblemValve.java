package io.billingledger.api.error;

import io.billingledger.api.json.Json;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/**
 * Replaces Tomcat's HTML page for requests that never reach a filter: an impossible request line,
 * headers that are too large.
 */
public final class ProblemValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, Throwable thrown) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    ProblemException known = Problems.ofStatus(HttpStatusCode.valueOf(response.getStatus()));
    Problem problem =
        new ProblemException(known.status(), known.code(), known.getMessage(), List.of())
            .problem("");
    try {
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response.setCharacterEncoding("UTF-8");
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(Json.mapper().writeValueAsString(problem));
        response.finishResponse();
      }
    } catch (IOException | IllegalStateException gone) {
      container.getLogger().debug("nobody hears the answer any more", gone);
    }
  }
}
