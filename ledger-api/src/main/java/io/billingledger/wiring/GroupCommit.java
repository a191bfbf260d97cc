package io.billingledger.wiring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Does in one transaction what several threads ask for at the same time, in the order in which they
 * came. Whoever finds nobody at work takes all that wait and does it, so a caller who is alone is
 * served at once; no more groups are under way at a time than it is told.
 *
 * @param <Q> what is asked for
 * @param <A> what is answered
 */
public final class GroupCommit<Q, A> {
  /**
   * Who has just been answered may be about to ask again: for so long, in nanoseconds, a group that
   * follows another one waits to become as large as those before it.
   */
  private static final long MOMENT = 200_000;

  private static final long LOOK = 20_000;

  private final int most;
  private final Function<List<Q>, List<A>> work;
  private final Queue<Member<Q, A>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final Semaphore places;
  private final boolean oneAtATime;

  /** What groups were like lately; where several are under way, about. */
  private volatile int lastSize;

  private volatile int sizeBefore;
  private volatile long ended = System.nanoTime() - MOMENT;

  /**
   * @param most how many are in a group at most
   * @param atOnce how many groups may be under way; two, where one's callers can decide while the
   *     database has the other, and none of a group waits for rows of another
   * @param work answers all, in their order; what it throws, each of them is thrown in a {@link
   *     CompletionException}
   */
  public GroupCommit(int most, int atOnce, Function<List<Q>, List<A>> work) {
    this.most = most;
    this.places = new Semaphore(atOnce);
    this.oneAtATime = atOnce == 1;
    this.work = work;
  }

  public A perform(Q asked) {
    Member<Q, A> member = new Member<>(asked, Thread.currentThread());
    waiting.add(member);
    waitingCount.incrementAndGet();
    boolean interrupted = false;
    while (member.outcome == null) {
      if (places.tryAcquire()) {
        try {
          gather();
          lead();
        } finally {
          places.release();
        }
        wake(waiting.peek());
      } else {
        LockSupport.park(this);
        interrupted |= Thread.interrupted(); // it may be under way already, so it is waited for
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return member.outcome.get();
  }

  private void gather() {
    int expected = Math.min(most, expected());
    long begun = System.nanoTime();
    if (begun - ended < MOMENT) {
      while (waitingCount.get() < expected && System.nanoTime() - begun < MOMENT) {
        LockSupport.parkNanos(this, LOOK);
      }
    }
  }

  /** Beside another group, no more than a fair share can come. */
  private int expected() {
    return oneAtATime ? Math.max(lastSize, sizeBefore) : (lastSize + sizeBefore + 1) / 2;
  }

  private void lead() {
    List<Member<Q, A>> group = new ArrayList<>();
    for (Member<Q, A> next; group.size() < most && (next = waiting.poll()) != null; ) {
      group.add(next);
    }
    waitingCount.addAndGet(-group.size());
    if (group.isEmpty()) {
      return;
    }
    Iterator<Supplier<A>> outcomes = outcomes(group).iterator();
    for (Member<Q, A> member : group) {
      member.outcome = outcomes.next();
      wake(member);
    }
    sizeBefore = lastSize;
    lastSize = group.size();
    ended = System.nanoTime();
  }

  private List<Supplier<A>> outcomes(List<Member<Q, A>> group) {
    try {
      return work.apply(group.stream().map(member -> member.asked).toList()).stream()
          .<Supplier<A>>map(answer -> () -> answer)
          .toList();
    } catch (RuntimeException | Error e) {
      Supplier<A> failure =
          () -> {
            throw new CompletionException(e);
          };
      return Collections.nCopies(group.size(), failure);
    }
  }

  private static void wake(Member<?, ?> member) {
    if (member != null && member.caller != Thread.currentThread()) {
      LockSupport.unpark(member.caller);
    }
  }

  private static final class Member<Q, A> {
    private final Q asked;
    private final Thread caller;

    /** Null until it is done. */
    private volatile Supplier<A> outcome;

    Member(Q asked, Thread caller) {
      this.asked = asked;
      this.caller = caller;
    }
  }
}
