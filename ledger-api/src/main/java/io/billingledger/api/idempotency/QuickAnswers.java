package io.billingledger.api.idempotency;

import io.billingledger.api.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Does what a request asks for together with other requests, where it can (ADR 13). */
@FunctionalInterface
public interface QuickAnswers {

  /** A request that changes something, whose caller may send it. */
  record Request(
      HttpServletRequest http, byte[] body, Caller caller, CommandKey key, byte[] digest) {}

  /**
   * Outside any transaction. What is answered has been kept under the key, as of any other request.
   * Empty when the request must go its ordinary way; then nothing has changed.
   */
  Optional<Answers.Answer> answer(Request request);
}
