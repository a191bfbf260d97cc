package io.billingledger.api.quota;

import io.billingledger.kernel.TenantId;
import io.billingledger.view.quota.Quota;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Quotas as they were read last, so that the next decision need not read them again. Nothing is
 * decided on them alone: whoever counts holds them against what is true in the same statement.
 */
final class RecentQuotas {
  private static final int MOST = 20_000;

  /**
   * What was asked for.
   *
   * @param product null for the primary one
   */
  record Of(TenantId tenant, String product, String module, String metric) {}

  private final Map<Of, Quota> known =
      new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Of, Quota> eldest) {
          return size() > MOST;
        }
      };

  synchronized Optional<Quota> find(Of which) {
    return Optional.ofNullable(known.get(which));
  }

  synchronized void keep(Of which, Quota quota) {
    known.put(which, quota);
  }

  synchronized void forget(Of which) {
    known.remove(which);
  }
}
