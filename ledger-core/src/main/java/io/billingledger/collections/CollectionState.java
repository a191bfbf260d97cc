package io.billingledger.collections;

import io.billingledger.collections.CollectionCommand.AdvanceCollection;
import io.billingledger.collections.CollectionEvent.CollectionOpened;
import io.billingledger.collections.CollectionEvent.NoticeRecorded;
import io.billingledger.collections.CollectionEvent.StageReached;
import io.billingledger.kernel.NoticeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The dunning of an invoice as its history tells it.
 *
 * @param terms null before it was opened
 * @param lastNotice offset of the last notice; null if none
 * @param reached when each stage was reached
 */
public record CollectionState(
    CollectionTerms terms, Integer lastNotice, Map<Stage, Instant> reached) {

  public static final CollectionState NONE = new CollectionState(null, null, Map.of());

  /**
   * @param open whether the invoice still has something due
   */
  List<CollectionEvent> decide(AdvanceCollection c, boolean open) {
    List<CollectionEvent> events = new ArrayList<>();
    CollectionState state = this;
    if (terms == null) {
      CollectionEvent opened = new CollectionOpened(c.collectionId(), c.terms(), c.at());
      events.add(opened);
      state = state.evolve(opened);
    }
    if (!open) {
      return events;
    }
    Optional<Integer> notice = state.schedule(c.proofPendingSince()).noticeDue(c.at());
    notice.ifPresent(
        offset ->
            events.add(
                new NoticeRecorded(
                    c.collectionId(),
                    NoticeId.derive(c.terms().invoiceId(), offset),
                    c.terms().invoiceId(),
                    c.terms().tenantId(),
                    offset,
                    c.at())));
    for (Optional<Stage> stage = state.schedule(c.proofPendingSince()).stageDue(c.at());
        stage.isPresent();
        stage = state.schedule(c.proofPendingSince()).stageDue(c.at())) {
      CollectionEvent event =
          new StageReached(
              c.collectionId(),
              c.terms().invoiceId(),
              c.terms().tenantId(),
              c.terms().subscriptionId(),
              stage.get(),
              c.at());
      events.add(event);
      state = state.evolve(event);
    }
    return events;
  }

  DunningSchedule schedule(Instant proofPendingSince) {
    return new DunningSchedule(terms, lastNotice, reached, proofPendingSince);
  }

  public CollectionState evolve(CollectionEvent event) {
    return switch (event) {
      case CollectionOpened e -> new CollectionState(e.terms(), null, Map.of());
      case NoticeRecorded e -> new CollectionState(terms, e.offset(), reached);
      case StageReached e -> {
        Map<Stage, Instant> after = new EnumMap<>(Stage.class);
        after.putAll(reached);
        after.put(e.stage(), e.at());
        yield new CollectionState(terms, lastNotice, after);
      }
    };
  }
}
