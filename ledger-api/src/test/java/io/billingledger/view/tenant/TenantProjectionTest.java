package io.billingledger.view.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.DeploymentType;
import io.billingledger.tenant.Hold;
import io.billingledger.tenant.HoldKind;
import io.billingledger.tenant.TenantEvent;
import io.billingledger.tenant.TenantEvent.HoldLifted;
import io.billingledger.tenant.TenantEvent.HoldPlaced;
import io.billingledger.tenant.TenantEvent.TenantRegistered;
import io.billingledger.wiring.Scope;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Rows do not depend on how events fall into batches, nor on what else is written in between. */
@LedgerTest
class TenantProjectionTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  @Autowired private PlatformTransactionManager transactions;
  @Autowired private EntityManager rows;
  @Autowired private JdbcTemplate database;

  private final TenantId tenant = TenantId.next();
  private final InvoiceId invoice = InvoiceId.next();

  @Test
  void aHoldThatIsLiftedIsGoneWhereverTheBatchesEnd() {
    List<TenantEvent> events =
        List.of(
            registered(),
            placed("no-subscription", HoldKind.NO_SUBSCRIPTION),
            lifted("no-subscription", HoldKind.NO_SUBSCRIPTION),
            placed(invoice.value(), HoldKind.DUNNING),
            placed("no-subscription", HoldKind.NO_SUBSCRIPTION),
            placed("termination", HoldKind.TERMINATION),
            lifted(invoice.value(), HoldKind.DUNNING));
    whateverHappensInBetween(events, "no-subscription", "termination");
  }

  @Test
  void aHoldMayComeAgainInTheSameBatch() {
    List<TenantEvent> events =
        List.of(
            registered(),
            placed(invoice.value(), HoldKind.DUNNING),
            lifted(invoice.value(), HoldKind.DUNNING),
            placed(invoice.value(), HoldKind.DUNNING));
    whateverHappensInBetween(events, invoice.value());
  }

  /** Other views share the session of a rebuild: they flush it, or ask something in it. */
  private void whateverHappensInBetween(List<TenantEvent> events, String... holds) {
    Map<String, Runnable> disturbances =
        Map.of(
            "flush",
            rows::flush,
            "query",
            () -> rows.createQuery("select count(p) from PostingRow p").getResultList());
    disturbances.forEach(
        (name, disturbance) -> {
          for (int when = 0; when < 1 << events.size(); when++) {
            assertThat(holdsAfter(events, disturbance, when))
                .as("%s after events %s".formatted(name, Integer.toBinaryString(when)))
                .containsExactly(holds);
          }
        });
  }

  /**
   * @param when bit by bit, after which events
   */
  private List<String> holdsAfter(List<TenantEvent> events, Runnable disturbance, int when) {
    return Scope.allTenants(
        () ->
            new TransactionTemplate(transactions)
                .execute(
                    transaction -> {
                      transaction.setRollbackOnly();
                      TenantProjection projection = new TenantProjection(rows);
                      for (int i = 0; i < events.size(); i++) {
                        projection.on(events.get(i), i, new GlobalSequenceTrackingToken(i));
                        if ((when & 1 << i) != 0) {
                          disturbance.run();
                        }
                      }
                      rows.flush();
                      rows.clear();
                      return database.queryForList(
                          "SELECT hold_key FROM view_tenant_hold WHERE tenant_id = ?"
                              + " ORDER BY hold_key",
                          String.class,
                          tenant.value());
                    }));
  }

  private TenantRegistered registered() {
    return new TenantRegistered(
        tenant,
        "Toko Budi",
        "ID",
        CurrencyUnit.of("IDR"),
        ZoneId.of("Asia/Jakarta"),
        "default",
        null,
        null,
        DeploymentType.SHARED,
        AT);
  }

  private HoldPlaced placed(String key, HoldKind kind) {
    return new HoldPlaced(
        tenant,
        new Hold(key, kind, kind == HoldKind.DUNNING ? invoice : null, "reason", "system:x", AT));
  }

  private HoldLifted lifted(String key, HoldKind kind) {
    return new HoldLifted(tenant, key, kind, "reason", "system:x", AT);
  }
}
