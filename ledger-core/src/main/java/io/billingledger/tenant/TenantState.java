package io.billingledger.tenant;

import io.billingledger.kernel.Rejected;
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
import io.billingledger.tenant.TenantEvent.HoldLifted;
import io.billingledger.tenant.TenantEvent.HoldPlaced;
import io.billingledger.tenant.TenantEvent.InvoiceGroupingChosen;
import io.billingledger.tenant.TenantEvent.SubscriptionNoted;
import io.billingledger.tenant.TenantEvent.TenantProvisioned;
import io.billingledger.tenant.TenantEvent.TenantRegistered;
import io.billingledger.tenant.TenantEvent.TenantTerminated;
import io.billingledger.tenant.TenantRejection.TenantNotSuspended;
import io.billingledger.tenant.TenantRejection.TenantSuspendedAlready;
import io.billingledger.tenant.TenantRejection.TenantTerminatedAlready;
import io.billingledger.tenant.TenantRejection.TenantUnknown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tenant as its history tells it, and the decisions about it. */
public sealed interface TenantState {

  TenantState NONE = new None();

  String MANUAL = "manual";
  String NO_SUBSCRIPTION = "no-subscription";
  String TERMINATION = "termination";

  record None() implements TenantState {}

  record Registered(
      TenantId tenantId,
      boolean provisioned,
      Map<String, Hold> holds,
      Map<SubscriptionId, SubscriptionStanding> subscriptions,
      boolean terminated,
      InvoiceGrouping grouping)
      implements TenantState {

    /** The most restrictive hold; nothing is full before provisioning is done. */
    public WriteAccess access() {
      return holds.values().stream()
          .map(hold -> hold.kind().access())
          .reduce(provisioned ? WriteAccess.FULL : WriteAccess.READ_ONLY, WriteAccess::strictest);
    }
  }

  static List<TenantEvent> decide(RegisterTenant c) {
    return List.of(
        new TenantRegistered(
            c.tenantId(),
            c.name(),
            c.country(),
            c.currency(),
            c.zone(),
            c.legalEntityId(),
            c.taxIdentity(),
            c.ownerEmail(),
            c.deploymentType(),
            c.at()),
        new HoldPlaced(
            c.tenantId(),
            systemHold(
                NO_SUBSCRIPTION, HoldKind.NO_SUBSCRIPTION, "no subscription has begun", c.at())));
  }

  default List<TenantEvent> decide(CompleteProvisioning c) {
    return registered(c).provisioned()
        ? List.of()
        : List.of(new TenantProvisioned(c.tenantId(), c.at()));
  }

  default List<TenantEvent> decide(SuspendTenant c) {
    Registered tenant = notTerminated(c);
    if (tenant.holds().containsKey(MANUAL)) {
      throw new Rejected(new TenantSuspendedAlready(c.tenantId()));
    }
    return List.of(
        new HoldPlaced(
            c.tenantId(), new Hold(MANUAL, HoldKind.MANUAL, null, c.reason(), c.by(), c.at())));
  }

  default List<TenantEvent> decide(ActivateTenant c) {
    Registered tenant = notTerminated(c);
    if (!tenant.holds().containsKey(MANUAL)) {
      throw new Rejected(new TenantNotSuspended(c.tenantId()));
    }
    return List.of(
        new HoldLifted(c.tenantId(), MANUAL, HoldKind.MANUAL, c.reason(), c.by(), c.at()));
  }

  default List<TenantEvent> decide(ChooseInvoiceGrouping c) {
    return notTerminated(c).grouping() == c.grouping()
        ? List.of()
        : List.of(new InvoiceGroupingChosen(c.tenantId(), c.grouping(), c.by(), c.at()));
  }

  default List<TenantEvent> decide(PlaceDunningHold c) {
    Registered tenant = registered(c);
    String key = c.invoiceId().value();
    return tenant.terminated() || tenant.holds().containsKey(key)
        ? List.of()
        : List.of(
            new HoldPlaced(
                c.tenantId(),
                new Hold(
                    key,
                    HoldKind.DUNNING,
                    c.invoiceId(),
                    "invoice " + c.invoiceId() + " is overdue",
                    "system:dunning",
                    c.at())));
  }

  default List<TenantEvent> decide(LiftDunningHold c) {
    String key = c.invoiceId().value();
    return registered(c).holds().containsKey(key)
        ? List.of(
            new HoldLifted(
                c.tenantId(), key, HoldKind.DUNNING, c.reason(), "system:dunning", c.at()))
        : List.of();
  }

  /** Keeps the no-subscription hold true, and terminates with the last subscription. */
  default List<TenantEvent> decide(NoteSubscription c) {
    Registered tenant = registered(c);
    if (c.standing() == tenant.subscriptions().get(c.subscriptionId())) {
      return List.of();
    }
    List<TenantEvent> events = new ArrayList<>();
    events.add(new SubscriptionNoted(c.tenantId(), c.subscriptionId(), c.standing(), c.at()));
    Map<SubscriptionId, SubscriptionStanding> after = new LinkedHashMap<>(tenant.subscriptions());
    after.put(c.subscriptionId(), c.standing());
    boolean running = after.containsValue(SubscriptionStanding.RUNNING);
    boolean held = tenant.holds().containsKey(NO_SUBSCRIPTION);
    if (running && held) {
      events.add(
          new HoldLifted(
              c.tenantId(),
              NO_SUBSCRIPTION,
              HoldKind.NO_SUBSCRIPTION,
              "subscription " + c.subscriptionId() + " is running",
              "system:renewal",
              c.at()));
    }
    if (!running && !held) {
      events.add(
          new HoldPlaced(
              c.tenantId(),
              systemHold(
                  NO_SUBSCRIPTION,
                  HoldKind.NO_SUBSCRIPTION,
                  "subscription " + c.subscriptionId() + " is not running",
                  c.at())));
    }
    boolean last = !running && !after.containsValue(SubscriptionStanding.WAITING);
    if (c.standing() == SubscriptionStanding.TERMINATED && last && !tenant.terminated()) {
      events.add(new TenantTerminated(c.tenantId(), c.subscriptionId(), c.at()));
      events.add(
          new HoldPlaced(
              c.tenantId(),
              systemHold(
                  TERMINATION,
                  HoldKind.TERMINATION,
                  "subscription " + c.subscriptionId() + " was terminated for non-payment",
                  c.at())));
    }
    return events;
  }

  default TenantState evolve(TenantEvent event) {
    return switch (event) {
      case TenantRegistered e ->
          new Registered(e.tenantId(), false, Map.of(), Map.of(), false, InvoiceGrouping.SEPARATE);
      case TenantProvisioned _ -> {
        Registered t = registered();
        yield new Registered(
            t.tenantId(), true, t.holds(), t.subscriptions(), t.terminated(), t.grouping());
      }
      case HoldPlaced e -> {
        Registered t = registered();
        Map<String, Hold> holds = new LinkedHashMap<>(t.holds());
        holds.put(e.hold().key(), e.hold());
        yield new Registered(
            t.tenantId(),
            t.provisioned(),
            Map.copyOf(holds),
            t.subscriptions(),
            t.terminated(),
            t.grouping());
      }
      case HoldLifted e -> {
        Registered t = registered();
        Map<String, Hold> holds = new LinkedHashMap<>(t.holds());
        holds.remove(e.holdKey());
        yield new Registered(
            t.tenantId(),
            t.provisioned(),
            Map.copyOf(holds),
            t.subscriptions(),
            t.terminated(),
            t.grouping());
      }
      case SubscriptionNoted e -> {
        Registered t = registered();
        Map<SubscriptionId, SubscriptionStanding> noted = new LinkedHashMap<>(t.subscriptions());
        noted.put(e.subscriptionId(), e.standing());
        yield new Registered(
            t.tenantId(),
            t.provisioned(),
            t.holds(),
            Map.copyOf(noted),
            t.terminated(),
            t.grouping());
      }
      case InvoiceGroupingChosen e -> {
        Registered t = registered();
        yield new Registered(
            t.tenantId(),
            t.provisioned(),
            t.holds(),
            t.subscriptions(),
            t.terminated(),
            e.grouping());
      }
      case TenantTerminated _ -> {
        Registered t = registered();
        yield new Registered(
            t.tenantId(), t.provisioned(), t.holds(), t.subscriptions(), true, t.grouping());
      }
    };
  }

  private static Hold systemHold(String key, HoldKind kind, String reason, Instant since) {
    return new Hold(key, kind, null, reason, "system:renewal", since);
  }

  private Registered notTerminated(TenantCommand command) {
    Registered tenant = registered(command);
    if (tenant.terminated()) {
      throw new Rejected(new TenantTerminatedAlready(command.tenantId()));
    }
    return tenant;
  }

  private Registered registered(TenantCommand command) {
    return switch (this) {
      case Registered tenant -> tenant;
      case None _ -> throw new Rejected(new TenantUnknown(command.tenantId()));
    };
  }

  private Registered registered() {
    return switch (this) {
      case Registered tenant -> tenant;
      case None _ -> throw new IllegalStateException("no tenant was registered here");
    };
  }
}
