package io.billingledger.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Whose rows PostgreSQL lets a transaction see, however late it uses its connection. */
@LedgerTest
class ScopedTransactionsTest {
  @Autowired PlatformTransactionManager transactions;
  @Autowired ScopedConnections connections;
  @Autowired JdbcTemplate database;

  private final TenantId one = TenantId.next();
  private final TenantId other = TenantId.next();

  @Test
  void aTransactionKeepsTheScopeThatItBeganWith() {
    assertThat(Scope.tenant(one, () -> within(this::scope))).isEqualTo(one.value());
    assertThat(Scope.tenant(one, () -> within(() -> Scope.allTenants(this::scope))))
        .isEqualTo(one.value());
    assertThat(within(this::scope)).isEmpty();
  }

  @Test
  void aTransactionInsideHasItsOwnBeforeAndAfterTheFirstUse() {
    List<String> seen =
        Scope.tenant(
            one,
            () ->
                within(
                    () -> {
                      String inner = Scope.tenant(other, () -> apart(this::scope));
                      String outer = scope();
                      String again = Scope.allTenants(() -> apart(this::scope));
                      return List.of(inner, outer, again, scope());
                    }));
    assertThat(seen).containsExactly(other.value(), one.value(), "*", one.value());
  }

  @Test
  void whatIsNotUsedIsNotOpened() {
    List<Boolean> unused =
        Scope.tenant(
            one,
            () ->
                within(
                    () -> {
                      boolean before = connections.isUnused();
                      apart(() -> connections.isUnused());
                      boolean between = connections.isUnused();
                      scope();
                      return List.of(before, between, connections.isUnused());
                    }));
    assertThat(unused).containsExactly(true, true, false);
    assertThat(connections.isUnused()).isFalse();
    assertThat(within(this::scope)).as("the next transaction of the same thread").isEmpty();
  }

  private String scope() {
    return database.queryForObject("SELECT current_setting('ledger.scope', true)", String.class);
  }

  private <T> T within(Supplier<T> work) {
    return new TransactionTemplate(transactions).execute(_ -> work.get());
  }

  private <T> T apart(Supplier<T> work) {
    TransactionTemplate apart = new TransactionTemplate(transactions);
    apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    return apart.execute(_ -> work.get());
  }
}
