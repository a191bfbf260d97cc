package io.billingledger.api.idempotency;

import io.billingledger.api.security.Callers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives a request that only reads one transaction, because only a transaction has a scope: a query
 * outside of one sees no rows. It is always rolled back. What is computed from the body alone gets
 * none. A body is as large as that of a change at most.
 */
public final class ReadFilter extends OncePerRequestFilter {
  private final PlatformTransactionManager transactions;
  private final int maxBody;

  public ReadFilter(PlatformTransactionManager transactions, int maxBody) {
    this.transactions = transactions;
    this.maxBody = maxBody;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return Callers.current().isEmpty()
        || !Paths.onlyReads(request) && !Paths.onlyCalculates(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest raw, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HttpServletRequest request =
        raw.getMethod().equals("POST") ? RepeatableRequest.of(raw, maxBody) : raw;
    if (Paths.onlyCalculates(raw)) {
      chain.doFilter(request, response);
      return;
    }
    DefaultTransactionDefinition reading = new DefaultTransactionDefinition();
    reading.setReadOnly(true);
    TransactionStatus transaction = transactions.getTransaction(reading);
    try {
      chain.doFilter(request, response);
    } finally {
      transactions.rollback(transaction);
    }
  }
}
