package io.billingledger.api.error;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What the server itself refused by sending an error, as a problem document instead of a page. */
@Controller
@Hidden
class ProblemErrorController implements ErrorController {

  @RequestMapping("/error")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    ProblemException byStatus =
        Problems.ofStatus(HttpStatusCode.valueOf(status instanceof Integer code ? code : 404));
    ProblemWriter.write(
        request,
        response,
        thrown instanceof Throwable cause ? Problems.of(cause).orElse(byStatus) : byStatus);
  }
}
