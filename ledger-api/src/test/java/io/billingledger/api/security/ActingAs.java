package io.billingledger.api.security;

import org.springframework.security.core.context.SecurityContextHolder;

/** Lets a test's thread be somebody. */
public final class ActingAs implements AutoCloseable {
  public ActingAs(Caller caller) {
    SecurityContextHolder.getContext().setAuthentication(new CallerAuthentication(caller));
  }

  @Override
  public void close() {
    SecurityContextHolder.clearContext();
  }
}
