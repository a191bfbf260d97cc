package io.billingledger.tenant;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.Sealed;
import io.billingledger.kernel.StateTable;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.tenant.TenantCommand.ActivateTenant;
import io.billingledger.tenant.TenantCommand.ChooseInvoiceGrouping;
import io.billingledger.tenant.TenantCommand.CompleteProvisioning;
import io.billingledger.tenant.TenantCommand.LiftDunningHold;
import io.billingledger.tenant.TenantCommand.NoteSubscription;
import io.billingledger.tenant.TenantCommand.PlaceDunningHold;
import io.billingledger.tenant.TenantCommand.RegisterTenant;
import io.billingledger.tenant.TenantCommand.SuspendTenant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Test;

class TenantStateTableTest {
  private static final Instant AT = Instant.parse("2026-01-10T03:00:00Z");
  private static final TenantId ID = TenantId.derive("table");
  private static final SubscriptionId SUBSCRIPTION = SubscriptionId.derive("table");
  private static final InvoiceId INVOICE = InvoiceId.derive("table");

  @Test
  void everyCommandInEveryState() throws IOException {
    TenantState registered = after(TenantState.NONE, TenantState.decide(register()));
    TenantState active =
        after(
            after(registered, registered.decide(new CompleteProvisioning(ID, AT))),
            registered.decide(note(SubscriptionStanding.RUNNING)));
    TenantState suspended = after(active, active.decide(suspend()));
    TenantState terminated = after(active, active.decide(note(SubscriptionStanding.TERMINATED)));
    new StateTable<TenantState>("Tenant: state × command")
        .state("unknown", TenantState.NONE)
        .state("PROVISIONING", registered)
        .state("ACTIVE", active)
        .state("SUSPENDED", suspended)
        .state("TERMINATED", terminated)
        .command(
            RegisterTenant.class,
            state -> state == TenantState.NONE ? TenantState.decide(register()) : List.of())
        .command(
            CompleteProvisioning.class, state -> state.decide(new CompleteProvisioning(ID, AT)))
        .command(SuspendTenant.class, state -> state.decide(suspend()))
        .command(
            ActivateTenant.class,
            state -> state.decide(new ActivateTenant(ID, "settled", "sari", null, AT)))
        .command(
            ChooseInvoiceGrouping.class,
            state ->
                state.decide(
                    new ChooseInvoiceGrouping(ID, InvoiceGrouping.CONSOLIDATED, "sari", null, AT)))
        .command(
            PlaceDunningHold.class, state -> state.decide(new PlaceDunningHold(ID, INVOICE, AT)))
        .command(
            LiftDunningHold.class,
            state -> state.decide(new LiftDunningHold(ID, INVOICE, "paid", AT)))
        .command(NoteSubscription.class, state -> state.decide(note(SubscriptionStanding.ENDED)))
        .check(TenantCommand.class, Path.of("../docs/states-tenant.md"));
  }

  private static RegisterTenant register() {
    return new RegisterTenant(
        ID,
        "Toko Maju",
        "ID",
        CurrencyUnit.of("IDR"),
        ZoneId.of("Asia/Jakarta"),
        "default",
        null,
        new Sealed("c2VhbGVk"),
        DeploymentType.SHARED,
        AT);
  }

  private static SuspendTenant suspend() {
    return new SuspendTenant(ID, "abuse report", "sari", null, AT);
  }

  private static NoteSubscription note(SubscriptionStanding standing) {
    return new NoteSubscription(ID, SUBSCRIPTION, standing, AT);
  }

  private static TenantState after(TenantState state, List<TenantEvent> events) {
    for (TenantEvent event : events) {
      state = state.evolve(event);
    }
    return state;
  }
}
