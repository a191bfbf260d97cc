package io.billingledger.run;

import io.billingledger.kernel.EventType;
import io.billingledger.run.Run.Item;
import java.util.List;
import java.util.stream.Collectors;

/** Says what events made of an item. */
final class Decided {
  private Decided() {}

  static Item by(Item item, List<?> events) {
    return events.isEmpty()
        ? item.with(RunOutcome.NOTHING_DUE, null)
        : item.with(
            RunOutcome.DONE, events.stream().map(Decided::words).collect(Collectors.joining("; ")));
  }

  private static String words(Object event) {
    String name = event.getClass().getAnnotation(EventType.class).name();
    return switch (event) {
      case io.billingledger.invoice.InvoiceEvent.InvoiceIssued e ->
          "%s %s of %s due %s".formatted(name, e.invoiceId(), e.total(), e.dueAt());
      case io.billingledger.subscription.SubscriptionEvent.CycleStarted e ->
          "%s %d".formatted(name, e.cycleNo());
      case io.billingledger.collections.CollectionEvent.NoticeRecorded e ->
          "%s H%+d".formatted(name, e.offset());
      case io.billingledger.collections.CollectionEvent.StageReached e ->
          "%s %s".formatted(name, e.stage());
      default -> name;
    };
  }
}
