package io.billingledger.api.tenant;

import io.billingledger.kernel.Sealed;
import io.billingledger.kernel.TenantId;
import io.billingledger.provisioning.ProvisioningStatus;
import io.billingledger.subscription.SubscriptionStatus;
import io.billingledger.wiring.TenantStanding;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What answers said about tenants besides the tenants' own rows, so that the next answer need not
 * read it again. Nothing is answered from it alone: whoever commits the answer holds it against
 * what is true in the same statement. It holds personal data and therefore forgets soon.
 */
final class RecentStandings {
  private static final long FRESH = Duration.ofMinutes(1).toNanos();
  private static final int MOST = 10_000;

  /**
   * What is said.
   *
   * @param subscriptionState null without a subscription
   * @param activeCycle null before it has begun and after it has ended
   * @param ownerEmail null once the tenant's key was erased
   * @param taxIdentity null if none was given, and once the tenant's key was erased
   */
  record Said(
      SubscriptionStatus subscriptionState,
      TenantSummary.ActiveCycle activeCycle,
      ProvisioningStatus provisioning,
      String ownerEmail,
      String taxIdentity) {}

  /**
   * What was said of what.
   *
   * @param standing what must still be so
   * @param sealedEmail as the tenant's row has it
   * @param sealedTaxIdentity as the tenant's row has it
   */
  record Recent(TenantStanding standing, Sealed sealedEmail, Sealed sealedTaxIdentity, Said said) {}

  private record Kept(Recent recent, long since) {}

  /** The oldest first. */
  private final Map<TenantId, Kept> known = new LinkedHashMap<>();

  /** Null when nothing was said lately. */
  synchronized Recent find(TenantId tenant) {
    forgetOld();
    Kept kept = known.get(tenant);
    return kept == null ? null : kept.recent();
  }

  synchronized void keep(TenantId tenant, Recent recent) {
    forgetOld();
    known.remove(tenant);
    known.put(tenant, new Kept(recent, System.nanoTime()));
  }

  private void forgetOld() {
    long now = System.nanoTime();
    Iterator<Kept> oldest = known.values().iterator();
    while (oldest.hasNext()) {
      if (now - oldest.next().since() < FRESH && known.size() <= MOST) {
        return;
      }
      oldest.remove();
    }
  }
}
