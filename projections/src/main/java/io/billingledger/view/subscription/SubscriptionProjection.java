package io.billingledger.view.subscription;

import io.billingledger.subscription.SubscriptionEvent;
import io.billingledger.subscription.SubscriptionEvent.AutoRenewSwitched;
import io.billingledger.subscription.SubscriptionEvent.CancellationRevoked;
import io.billingledger.subscription.SubscriptionEvent.CancellationScheduled;
import io.billingledger.subscription.SubscriptionEvent.CouponRedeemed;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceWithdrawn;
import io.billingledger.subscription.SubscriptionEvent.CycleSettled;
import io.billingledger.subscription.SubscriptionEvent.CycleStarted;
import io.billingledger.subscription.SubscriptionEvent.PlanChangeRequested;
import io.billingledger.subscription.SubscriptionEvent.PlanChangeWithdrawn;
import io.billingledger.subscription.SubscriptionEvent.PlanChanged;
import io.billingledger.subscription.SubscriptionEvent.QuantityChanged;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCanceled;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCreated;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionPastDue;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionReactivated;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionSuspended;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionTerminated;
import io.billingledger.subscription.SubscriptionEvent.TrialExpired;
import io.billingledger.subscription.SubscriptionEvent.TrialStarted;
import io.billingledger.view.Ahead;
import io.billingledger.view.StreamView;
import io.billingledger.view.ViewGroups;
import io.billingledger.view.ViewTables;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import java.time.Instant;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.TrackingToken;

/** Keeps the rows of subscriptions and of their cycles. */
@ProcessingGroup(ViewGroups.VIEWS)
public class SubscriptionProjection {
  private final EntityManager rows;
  private final StreamView<SubscriptionEvent, SubscriptionRow> subscriptions;

  public SubscriptionProjection(EntityManager rows) {
    this.rows = rows;
    this.subscriptions = subscriptions(rows);
  }

  public static StreamView<SubscriptionEvent, SubscriptionRow> subscriptions(EntityManager rows) {
    return new StreamView<>(
        rows, SubscriptionEvent.class, SubscriptionRow.class, SubscriptionRow::new);
  }

  @EventHandler
  public void on(SubscriptionEvent event, @SequenceNumber long sequence, TrackingToken token) {
    SubscriptionRow row = subscriptions.follow(event.subscriptionId(), event, sequence, token);
    cycle(row, event);
  }

  @ResetHandler
  public void reset() {
    ViewTables.empty(rows, "view_subscription_cycle", "view_subscription");
  }

  /**
   * @param row as the event left it
   */
  private void cycle(SubscriptionRow row, SubscriptionEvent event) {
    switch (event) {
      case TrialStarted e -> {
        CycleRow trial = empty(row, 0);
        trial.started(e);
        rows.persist(trial);
      }
      case TrialExpired e -> cycle(row, 0).close(e.at());
      case CycleInvoiceRequested e when !e.reason().ofCycle() -> {
        // Stands beside the cycle's own.
      }
      case CycleInvoiceRequested e -> {
        boolean unknown = e.attempt() == 1 && e.cycleNo() > row.cycleNo();
        CycleRow known = unknown ? null : found(row, e.cycleNo());
        CycleRow cycle = known == null ? empty(row, e.cycleNo()) : known;
        cycle.invoiced(e);
        rows.persist(cycle);
      }
      case CycleInvoiceWithdrawn e -> {
        rows.remove(cycle(row, e.cycleNo()));
        // Another one may be asked for in the same transaction.
        rows.flush();
      }
      case CycleSettled e -> cycle(row, e.cycleNo()).settle(e.invoiceId());
      case CycleStarted e -> {
        if (e.cycleNo() > 1 || row.trialStartAt() != null) {
          cycle(row, e.cycleNo() - 1).close(e.at());
        }
        CycleRow asked = found(row, e.cycleNo());
        CycleRow cycle = asked == null ? empty(row, e.cycleNo()) : asked;
        cycle.started(e);
        rows.persist(cycle);
      }
      case PlanChanged e -> cycle(row, row.cycleNo()).changed(e);
      case SubscriptionCanceled e -> closeAll(row, e.at());
      case SubscriptionTerminated e -> closeAll(row, e.at());
      case CouponRedeemed _,
          SubscriptionCreated _,
          SubscriptionPastDue _,
          SubscriptionSuspended _,
          SubscriptionReactivated _,
          PlanChangeRequested _,
          PlanChangeWithdrawn _,
          QuantityChanged _,
          AutoRenewSwitched _,
          CancellationScheduled _,
          CancellationRevoked _ -> {
        // No cycle changes by these.
      }
    }
  }

  /** The running cycle, and one that was asked for and never began. */
  private void closeAll(SubscriptionRow row, Instant at) {
    if (row.periodStart() != null) {
      cycle(row, row.cycleNo()).close(at);
    }
    if (row.nextInvoiceId() != null) {
      cycle(row, row.cycleNo() + 1).close(at);
    }
  }

  private static CycleRow empty(SubscriptionRow row, int cycleNo) {
    return new CycleRow(row.subscriptionId(), row.tenantId(), cycleNo);
  }

  private CycleRow found(SubscriptionRow row, int cycleNo) {
    Ahead.once(CycleRow.class, SubscriptionEvent.class, this::load);
    return rows.find(CycleRow.class, new CycleRow.Key(row.subscriptionId(), cycleNo));
  }

  /** Those that anything may still happen to. */
  private void load(List<String> subscriptions) {
    rows.createNativeQuery(
            "SELECT * FROM view_subscription_cycle"
                + " WHERE subscription_id = ANY (:subscriptions) AND closed_at IS NULL",
            CycleRow.class)
        .setParameter("subscriptions", subscriptions.toArray(String[]::new))
        .setFlushMode(FlushModeType.COMMIT)
        .getResultList();
  }

  private CycleRow cycle(SubscriptionRow row, int cycleNo) {
    CycleRow found = found(row, cycleNo);
    if (found == null) {
      throw new IllegalStateException(
          "no row for cycle %d of %s".formatted(cycleNo, row.subscriptionId()));
    }
    return found;
  }
}
