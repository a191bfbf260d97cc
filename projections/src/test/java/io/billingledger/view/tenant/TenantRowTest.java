package io.billingledger.view.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.Sealed;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.DeploymentType;
import io.billingledger.tenant.Hold;
import io.billingledger.tenant.SubscriptionStanding;
import io.billingledger.tenant.TenantCommand.ActivateTenant;
import io.billingledger.tenant.TenantCommand.CompleteProvisioning;
import io.billingledger.tenant.TenantCommand.LiftDunningHold;
import io.billingledger.tenant.TenantCommand.NoteSubscription;
import io.billingledger.tenant.TenantCommand.PlaceDunningHold;
import io.billingledger.tenant.TenantCommand.RegisterTenant;
import io.billingledger.tenant.TenantCommand.SuspendTenant;
import io.billingledger.tenant.TenantEvent;
import io.billingledger.tenant.TenantState;
import io.billingledger.tenant.WriteAccess;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TenantRowTest {
  private static final TenantId TENANT = TenantId.derive("test");
  private static final SubscriptionId SUBSCRIPTION = SubscriptionId.derive("test");
  private static final InvoiceId INVOICE = InvoiceId.derive("test");
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final TenantRow row = new TenantRow();
  private TenantState state = TenantState.NONE;

  @BeforeEach
  void registered() {
    happen(
        _ ->
            TenantState.decide(
                new RegisterTenant(
                    TENANT,
                    "Toko Budi",
                    "ID",
                    CurrencyUnit.of("IDR"),
                    ZoneId.of("Asia/Jakarta"),
                    "default",
                    null,
                    new Sealed("…"),
                    DeploymentType.SHARED,
                    AT)));
  }

  @Test
  void followsTheTenantFromRegistrationToTermination() {
    is(TenantStatus.PROVISIONING, WriteAccess.READ_ONLY, "no-subscription");
    happen(s -> s.decide(new CompleteProvisioning(TENANT, AT)));
    is(TenantStatus.ACTIVE, WriteAccess.READ_ONLY, "no-subscription");
    happen(s -> s.decide(note(SubscriptionStanding.RUNNING)));
    is(TenantStatus.ACTIVE, WriteAccess.FULL);
    happen(s -> s.decide(new PlaceDunningHold(TENANT, INVOICE, AT)));
    is(TenantStatus.ACTIVE, WriteAccess.READ_ONLY, INVOICE.value());
    happen(s -> s.decide(new SuspendTenant(TENANT, "complaint", "ani", null, AT)));
    is(TenantStatus.SUSPENDED, WriteAccess.READ_ONLY, INVOICE.value(), "manual");
    happen(s -> s.decide(new LiftDunningHold(TENANT, INVOICE, "paid", AT)));
    is(TenantStatus.SUSPENDED, WriteAccess.READ_ONLY, "manual");
    happen(s -> s.decide(new ActivateTenant(TENANT, "solved", "ani", null, AT)));
    is(TenantStatus.ACTIVE, WriteAccess.FULL);
    happen(s -> s.decide(note(SubscriptionStanding.TERMINATED)));
    is(TenantStatus.TERMINATED, WriteAccess.NONE, "no-subscription", "termination");
  }

  @Test
  void keepsWhatIsPersonalSealed() {
    assertThat(row.ownerEmail()).isEqualTo(new Sealed("…"));
    assertThat(row.taxIdentity()).isNull();
  }

  private static NoteSubscription note(SubscriptionStanding standing) {
    return new NoteSubscription(TENANT, SUBSCRIPTION, standing, AT);
  }

  private void happen(Function<TenantState, List<TenantEvent>> decision) {
    for (TenantEvent event : decision.apply(state)) {
      state = state.evolve(event);
      row.apply(event);
    }
  }

  private void is(TenantStatus status, WriteAccess access, String... holds) {
    assertThat(row.status()).isEqualTo(status);
    assertThat(row.writeAccess())
        .isEqualTo(access)
        .isEqualTo(((TenantState.Registered) state).access());
    assertThat(row.holds()).extracting(Hold::key).containsExactly(holds);
  }
}
