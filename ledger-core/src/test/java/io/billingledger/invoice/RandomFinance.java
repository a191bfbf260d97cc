package io.billingledger.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.invoice.MonthsModel.Booked;
import io.billingledger.invoice.MonthsModel.Side;
import io.billingledger.journal.Account;
import io.billingledger.journal.CalendarBook;
import io.billingledger.journal.JournalEntry;
import io.billingledger.journal.ManualBook;
import io.billingledger.journal.ManualLine;
import io.billingledger.journal.MonthBooks;
import io.billingledger.journal.PeriodChange;
import io.billingledger.journal.PeriodDigest;
import io.billingledger.kernel.ManualEntryId;
import io.billingledger.revenue.RevenueBook;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** What finance does: recognises months, closes and opens them, enters and takes back. */
final class RandomFinance {
  private static final CurrencyUnit IDR = CurrencyUnit.of("IDR");
  private static final YearMonth FIRST = YearMonth.from(Issuing.AT.atZone(Issuing.ZONE));

  /** With a detail where the kind of account has one; the last two are not for people. */
  private static final List<Map.Entry<Account, String>> ACCOUNTS =
      List.of(
          Map.entry(Account.CASH, "BANK_TRANSFER"),
          Map.entry(Account.TAX_PAYABLE, "PPN"),
          Map.entry(Account.REVENUE, "app"),
          Map.entry(Account.OTHER_EXPENSE, "rent"),
          Map.entry(Account.BAD_DEBT, ""),
          Map.entry(Account.ROUNDING, ""),
          Map.entry(Account.RECEIVABLE, ""),
          Map.entry(Account.DEFERRED_REVENUE, "app"));

  private final ModelRun run;
  private final MonthsModel model;
  private final RevenueModel earned;
  private final RevenueBook revenue;
  private final CalendarBook calendar = new CalendarBook();
  private final ManualBook manual;
  private final Map<YearMonth, MonthBooks> closed = new TreeMap<>();
  private YearMonth next = FIRST;

  RandomFinance(ModelRun run, MonthsModel model, RevenueModel earned, RevenueBook revenue) {
    this.run = run;
    this.model = model;
    this.earned = earned;
    this.revenue = revenue;
    this.manual = new ManualBook(run::post);
  }

  void step() {
    switch (run.random.nextInt(12)) {
      case 0, 1 -> recognise();
      case 2, 3, 4, 5, 6 -> changeMonth();
      case 7 -> reverse();
      default -> enter();
    }
  }

  /** The first month that is not recognised, if it is over; soon after its end or long after. */
  void recognise() {
    if (!next.isBefore(run.month())) {
      return;
    }
    run.said("recognise %s", next);
    Booked booked = model.day(next.atEndOfMonth());
    int before = run.entries.size();
    revenue.recognise(next, calendar.days().openDay(next.atEndOfMonth()), run.now());
    earned.recognise(next, booked.day());
    next = next.plusMonths(1);
    is(before, booked);
  }

  private void changeMonth() {
    PeriodChange change = PeriodChange.values()[run.random.nextInt(7) / 3];
    YearMonth month = month();
    YearMonth first =
        run.entries.stream()
            .map(entry -> YearMonth.from(entry.date()))
            .min(Comparator.naturalOrder())
            .orElse(null);
    boolean over = month.isBefore(run.month());
    boolean acceptable =
        switch (change) {
          case CLOSE -> model.mayBeClosed(month, first, run.month());
          case LOCK -> model.mayBeLocked(month);
          case REOPEN -> model.mayBeOpened(month);
        };
    run.said("%s %s", change, month);
    run.attempt(acceptable, () -> calendar.ask(month, change, first, over, "anna", run.now()));
    if (!acceptable) {
      return;
    }
    MonthBooks books = books(month);
    switch (run.random.nextInt(5)) {
      case 0 -> {
        run.attempt(false, () -> calendar.approve(month, books, "anna", run.now()));
        calendar.reject(month, "anna", run.now());
      }
      case 1 -> calendar.reject(month, "ben", run.now());
      default -> {
        calendar.approve(month, books, "ben", run.now());
        run.happened(change.name());
        switch (change) {
          case CLOSE -> {
            model.closed(month);
            closed.put(month, books);
          }
          case LOCK -> model.locked(month);
          case REOPEN -> {
            model.opened(month);
            closed.remove(month);
          }
        }
      }
    }
  }

  /** Often the one that may be changed. */
  private YearMonth month() {
    if (run.random.nextInt(4) == 0) {
      return run.month().minusMonths(run.random.nextInt(3));
    }
    return model.closed() == null ? FIRST : model.closed().plusMonths(run.random.nextInt(2));
  }

  private void enter() {
    List<Side> sides = new ArrayList<>();
    List<ManualLine> lines = new ArrayList<>();
    long sum = 0;
    for (int left = 1 + run.random.nextInt(3); left >= 0; left--) {
      Map.Entry<Account, String> account =
          ACCOUNTS.get(run.random.nextInt(ACCOUNTS.size() - run.random.nextInt(3)));
      boolean balances = left == 0 && run.random.nextInt(8) > 0;
      long cents = balances ? -sum : run.random.nextInt(2_000_000) - 1_000_000;
      sum += cents;
      sides.add(new Side(account.getKey().name(), BigDecimal.valueOf(cents, 2)));
      lines.add(new ManualLine(account.getKey(), account.getValue(), Money.ofMinor(IDR, cents)));
    }
    LocalDate wanted = wanted();
    String key = run.name("manual");
    boolean acceptable = model.mayBeProposed(sides);
    run.said("enter %s of %s on %s", sides, key, wanted);
    run.attempt(acceptable, () -> manual.propose(id(key), wanted, lines, "anna", run.now()));
    if (acceptable) {
      model.proposed(key, sides, wanted, "anna");
      decideOn(key);
    }
  }

  /** A posted one, or one that is not; never a second time, which its claim refuses. */
  private void reverse() {
    List<String> known = model.entries();
    if (known.isEmpty()) {
      return;
    }
    String of = known.get(run.random.nextInt(known.size()));
    if (model.isReversed(of)) {
      return;
    }
    String key = run.name("manual");
    LocalDate wanted = wanted();
    run.said("take %s back by %s on %s", of, key, wanted);
    boolean acceptable = model.mayBeReversed(of);
    run.attempt(acceptable, () -> manual.reverse(id(key), id(of), wanted, "anna", run.now()));
    if (acceptable) {
      model.reversal(key, of, wanted, "anna");
      decideOn(key);
    }
  }

  private void decideOn(String key) {
    for (String by : run.random.nextInt(3) == 0 ? List.of("anna", "ben") : List.of("ben", "ben")) {
      boolean acceptable = model.mayBeApproved(key, by);
      int before = run.entries.size();
      if (run.random.nextInt(8) == 0) {
        run.said("%s rejects %s", by, key);
        boolean open = model.mayBeRejected(key);
        run.attempt(open, () -> manual.reject(id(key), by, run.now()));
        if (open) {
          model.rejected(key);
        }
      } else {
        run.said("%s approves %s", by, key);
        run.attempt(acceptable, () -> manual.approve(id(key), calendar.days(), by, run.now()));
        if (acceptable) {
          is(before, model.approved(key));
        }
      }
    }
  }

  private void is(int before, Booked booked) {
    for (JournalEntry entry : run.entries.subList(before, run.entries.size())) {
      assertThat(new Booked(entry.date(), entry.corrects())).isEqualTo(booked);
      if (booked.corrects() != null) {
        run.happened(entry.causeType() + " of a closed month");
      }
    }
  }

  /** In any of the last months. */
  private LocalDate wanted() {
    return run.today().minusDays(run.random.nextInt(70));
  }

  /** What was closed and not opened again has the digest that it was closed with. */
  void closedMonthsStand() {
    closed.forEach((month, books) -> assertThat(books(month)).as("%s", month).isEqualTo(books));
  }

  private MonthBooks books(YearMonth month) {
    PeriodDigest digest = new PeriodDigest();
    run.entries.stream()
        .filter(entry -> YearMonth.from(entry.date()).equals(month))
        .sorted(Comparator.comparing(entry -> entry.id().value()))
        .forEach(digest::add);
    return new MonthBooks(digest.hex(), digest.entries(), List.of());
  }

  private static ManualEntryId id(String key) {
    return ManualEntryId.derive(key);
  }
}
