package io.billingledger.view;

import io.billingledger.kernel.LedgerEvent;
import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;

/**
 * A row that is the fold of one stream of events and of nothing else: {@link #apply} takes each
 * event once, in its order.
 */
@MappedSuperclass
public abstract class StreamRow<E extends LedgerEvent> {
  /** Sequence of the last event in its stream, which is the aggregate's version. */
  @Column(nullable = false)
  private long version;

  /** Position of that event in the event store. */
  @Column(nullable = false)
  private long position;

  /** Position of its stream's first event: its unchanging place in lists. */
  @Column(nullable = false)
  private long createdPosition;

  protected abstract void apply(E event);

  public long version() {
    return version;
  }

  public long position() {
    return position;
  }

  public long createdPosition() {
    return createdPosition;
  }

  /**
   * @throws IllegalStateException when an event before this one was not seen
   */
  final void follow(E event, long sequence, long at) {
    if (sequence != 0 && sequence != version + 1) {
      throw new IllegalStateException(
          "event %d of a stream came after event %d: %s".formatted(sequence, version, event));
    }
    apply(event);
    if (sequence == 0) {
      createdPosition = at;
    }
    version = sequence;
    position = at;
  }
}
