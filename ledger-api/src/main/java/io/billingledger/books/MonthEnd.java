package io.billingledger.books;

import io.billingledger.api.error.ProblemException;
import io.billingledger.journal.MonthBooks;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.time.LocalDays;
import io.billingledger.view.journal.Journal;
import io.billingledger.view.journal.JournalReader;
import io.billingledger.wiring.Positions;
import io.billingledger.wiring.Quiet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;

/** What has to be known of a month before it is closed. */
public final class MonthEnd {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LegalEntity legalEntity;
  private final Journal journal;
  private final JournalReader reader;
  private final RevenueRecognition revenue;
  private final Positions views;
  private final Quiet history;
  private final Duration closeAfter;

  /**
   * @param closeAfter the month's end; by then every event of it is in the store
   */
  public MonthEnd(
      LegalEntity legalEntity,
      Journal journal,
      JournalReader reader,
      RevenueRecognition revenue,
      Positions views,
      Quiet history,
      Duration closeAfter) {
    this.legalEntity = legalEntity;
    this.journal = journal;
    this.reader = reader;
    this.revenue = revenue;
    this.views = views;
    this.history = history;
    this.closeAfter = closeAfter;
  }

  public boolean isOver(YearMonth month, Instant now) {
    return !now.isBefore(end(month).plus(closeAfter));
  }

  /**
   * The month's books, all of them.
   *
   * @throws ProblemException while its revenue is not recognised, or the views are behind
   */
  public MonthBooks books(YearMonth month) {
    if (revenue.next().filter(next -> !next.isAfter(month)).isPresent()) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "period.revenue-not-recognised",
          "The revenue of %s is not recognised yet; that happens by itself when the month has ended."
              .formatted(month));
    }
    if (!views.await(history.head(), PATIENCE)) {
      throw new ProblemException(
              HttpStatus.SERVICE_UNAVAILABLE, "view.behind", "The books have not followed yet.")
          .retryAfter(5);
    }
    return present(month);
  }

  /** As the books stand. */
  public MonthBooks present(YearMonth month) {
    return reader.month(legalEntity.id(), month);
  }

  /** From the first one with an entry to the present one, the last one first. */
  public List<YearMonth> untilNow(Instant now) {
    YearMonth present = YearMonth.from(LocalDate.ofInstant(now, legalEntity.zone()));
    YearMonth first = first().orElse(present);
    return Stream.iterate(present, month -> !month.isBefore(first), month -> month.minusMonths(1))
        .toList();
  }

  /** The first one with an entry. */
  public Optional<YearMonth> first() {
    return journal.firstDay(legalEntity.id()).map(YearMonth::from);
  }

  private Instant end(YearMonth month) {
    return LocalDays.startOf(month.plusMonths(1).atDay(1), legalEntity.zone());
  }
}
