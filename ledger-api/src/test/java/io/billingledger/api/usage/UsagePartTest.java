package io.billingledger.api.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.TenantId;
import io.billingledger.metering.UsageStore;
import io.billingledger.usage.Acceptance;
import io.billingledger.usage.ReportedUsage;
import io.billingledger.usage.UsageRecord;
import io.billingledger.wiring.UnitsOfWork;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whoever comes first in a month opens its part, and whoever comes with him is not refused. */
@LedgerTest
class UsagePartTest {
  private static final int CALLERS = 4;

  @Autowired private JdbcTemplate database;
  @Autowired private UnitsOfWork units;

  @Test
  void callersWhoOpenAMonthsPartAtOnceAllSucceed() throws Exception {
    try (var callers = Executors.newFixedThreadPool(CALLERS)) {
      for (int month = 1; month <= 9; month++) {
        Instant at = Instant.parse("2041-0%d-15T10:00:00Z".formatted(month));
        CyclicBarrier together = new CyclicBarrier(CALLERS);
        List<Future<Integer>> added = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
          TenantId tenant = TenantId.next();
          // Each as a process of its own, that has seen no part yet.
          UsageStore store = new UsageStore(database);
          added.add(
              callers.submit(
                  () -> {
                    together.await();
                    return Scope.tenant(tenant, () -> units.perform(() -> add(store, tenant, at)));
                  }));
        }
        for (Future<Integer> each : added) {
          assertThat(each.get()).isOne();
        }
        assertThat(stored(at)).isEqualTo(CALLERS);
      }
    }
  }

  private static int add(UsageStore store, TenantId tenant, Instant at) {
    UsageRecord record =
        Acceptance.unchecked(
            new ReportedUsage("one", null, null, "calls", BigDecimal.ONE, at, Map.of()),
            tenant,
            at,
            Actor.system("test"));
    long first = store.begin(tenant);
    return store.add(first, List.of(record), List.of(record.digest()), false).cardinality();
  }

  private int stored(Instant at) {
    return Scope.allTenants(
        () ->
            units.perform(
                () ->
                    database.queryForObject(
                        "SELECT count(*) FROM usage_fact WHERE recorded_at = ?::timestamptz",
                        Integer.class,
                        at.toString())));
  }
}
