package io.billingledger.subscription;

import io.billingledger.catalog.IssuedCoupon;
import io.billingledger.catalog.PriceBook;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.subscription.SubscriptionCommand.CreateSubscription;
import io.billingledger.subscription.SubscriptionCommand.MarkPastDue;
import io.billingledger.subscription.SubscriptionCommand.SettleCycle;
import io.billingledger.subscription.SubscriptionCommand.SuspendSubscription;
import io.billingledger.subscription.SubscriptionCommand.TerminateSubscription;
import io.billingledger.subscription.SubscriptionState.Live;
import io.billingledger.tenant.BillingProfile;
import io.billingledger.tenant.BillingProfiles;
import io.billingledger.tenant.InvoiceGrouping;
import io.billingledger.tenant.LegalEntity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.joda.money.CurrencyUnit;

/** A subscription of a tenant in Jakarta that lives through days counted from its start. */
final class Given {
  static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
  static final SubscriptionId ID = SubscriptionId.derive("given");
  static final TenantId TENANT = TenantId.derive("given");

  private final PriceBook prices;
  private final LocalDate start;
  private SubscriptionState state = SubscriptionState.NONE;
  private InvoiceGrouping grouping = InvoiceGrouping.SEPARATE;
  private List<SubscriptionEvent> last = List.of();

  private Given(PriceBook prices, LocalDate start) {
    this.prices = prices;
    this.start = start;
  }

  static Given subscribed(PriceBook prices, String plan, LocalDate start) {
    return subscribed(prices, plan, start, true);
  }

  static Given subscribed(PriceBook prices, String plan, LocalDate start, boolean autoRenew) {
    return subscribed(prices, plan, start, autoRenew, 1);
  }

  static Given subscribed(
      PriceBook prices, String plan, LocalDate start, boolean autoRenew, int quantity) {
    return subscribed(prices, plan, start, autoRenew, quantity, null);
  }

  static Given subscribed(
      PriceBook prices,
      String plan,
      LocalDate start,
      boolean autoRenew,
      int quantity,
      IssuedCoupon coupon) {
    Given given = new Given(prices, start);
    Instant at = given.day(0);
    CreateSubscription create =
        new CreateSubscription(ID, TENANT, plan, null, autoRenew, quantity, at);
    given.take(
        new SubscriptionDecider(SubscriptionState.NONE, prices, given.tenants(), at)
            .decide(create, prices.inForce(plan, start), given.tenant(), true, coupon));
    return given;
  }

  /** From here on, the tenant's subscriptions share invoices. */
  Given consolidated() {
    grouping = InvoiceGrouping.CONSOLIDATED;
    return this;
  }

  BillingProfiles tenants() {
    return _ -> tenant();
  }

  private BillingProfile tenant() {
    return new BillingProfile(
        TENANT,
        "ID",
        CurrencyUnit.of("IDR"),
        ZONE,
        new LegalEntity("default", "INV", "Ledger", ZONE),
        false,
        grouping);
  }

  /** Ten in the morning of the start date, so many days later. */
  Instant day(int day) {
    return start.plusDays(day).atTime(10, 0).atZone(ZONE).toInstant();
  }

  LocalDate date(int day) {
    return start.plusDays(day);
  }

  Given when(int day, Function<SubscriptionDecider, SubscriptionDecider> decision) {
    take(decision.apply(new SubscriptionDecider(state, prices, tenants(), day(day))));
    return this;
  }

  Given advancedTo(int day) {
    return when(day, SubscriptionDecider::advance);
  }

  Given paid(int day, InvoiceId invoice) {
    return when(day, d -> d.decide(new SettleCycle(ID, invoice, day(day))));
  }

  Given overdue(int day, InvoiceId invoice) {
    return when(day, d -> d.decide(new MarkPastDue(ID, invoice, day(day))));
  }

  Given suspended(int day, InvoiceId invoice) {
    return when(day, d -> d.decide(new SuspendSubscription(ID, invoice, day(day))));
  }

  Given terminated(int day, InvoiceId invoice) {
    return when(day, d -> d.decide(new TerminateSubscription(ID, invoice, day(day))));
  }

  /** The invoice that was asked for a cycle in the first attempt. */
  static InvoiceId invoice(int cycle) {
    return invoice(cycle, 1);
  }

  static InvoiceId invoice(int cycle, int attempt) {
    return InvoiceId.derive(ID, cycle, attempt);
  }

  List<SubscriptionEvent> events() {
    return last;
  }

  List<String> eventNames() {
    return last.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  Live state() {
    return state.live();
  }

  SubscriptionState any() {
    return state;
  }

  Instant nextWake(int day) {
    return new SubscriptionDecider(state, prices, tenants(), day(day)).nextWake().orElse(null);
  }

  private void take(SubscriptionDecider decided) {
    last = new ArrayList<>(decided.events());
    for (SubscriptionEvent event : last) {
      state = state.evolve(event);
    }
  }
}
