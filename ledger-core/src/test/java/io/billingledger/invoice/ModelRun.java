package io.billingledger.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.journal.Cause;
import io.billingledger.journal.JournalEntry;
import io.billingledger.journal.MemoryBooks;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What the commands of one run share: the time, the journal that follows, and what was said. */
final class ModelRun {
  private static final int REMEMBERED = 12;

  final Random random;
  final PlainLedger journal = new PlainLedger();
  final List<JournalEntry> entries = new ArrayList<>();
  private final MemoryBooks books = new MemoryBooks();
  private final Deque<String> last = new ArrayDeque<>();
  private Instant now = Issuing.AT;
  private final Map<String, Integer> happened;
  private int names;

  /**
   * @param happened of each kind of event how many did
   */
  ModelRun(Random random, Map<String, Integer> happened) {
    this.random = random;
    this.happened = happened;
  }

  /** Mostly some hours, sometimes weeks. */
  void timePasses() {
    now = now.plus(Duration.ofHours(random.nextInt(random.nextInt(10) == 0 ? 800 : 100)));
  }

  Instant now() {
    return now;
  }

  LocalDate today() {
    return LocalDate.ofInstant(now, MemoryBooks.ZONE);
  }

  YearMonth month() {
    return YearMonth.from(today());
  }

  String name(String what) {
    return what + "-" + names++;
  }

  /** It happened: the journal posts it, or not. */
  void post(LedgerEvent event) {
    happened(event.getClass().getSimpleName());
    books
        .post(event, new Cause(name("event"), Issuing.TENANT, now))
        .ifPresent(
            entry -> {
              entries.add(entry);
              entry
                  .postings()
                  .forEach(
                      posting ->
                          journal.post(
                              entry.date(),
                              posting.account().name(),
                              posting.amount().getAmount()));
            });
  }

  void happened(String what) {
    happened.merge(what, 1, Integer::sum);
  }

  void attempt(boolean acceptable, Runnable command) {
    try {
      command.run();
      assertThat(acceptable).as("accepted").isTrue();
    } catch (Rejected refused) {
      assertThat(acceptable).as("refused: %s", refused.rejection().detail()).isFalse();
    }
  }

  void said(String format, Object... values) {
    last.addLast(now + " " + format.formatted(values));
    if (last.size() > REMEMBERED) {
      last.removeFirst();
    }
  }

  String lastSaid() {
    return String.join(System.lineSeparator(), last);
  }
}
