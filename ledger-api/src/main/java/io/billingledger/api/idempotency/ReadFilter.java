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
 * outside of one sees no rows. It is always rolled back.
 */
public final class ReadFilter extends OncePerRequestFilter {
  private final PlatformTransactionManager transactions;

  public ReadFilter(PlatformTransactionManager transactions) {
    this.transactions = transactions;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !Paths.onlyReads(request) || Callers.current().isEmpty();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
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
