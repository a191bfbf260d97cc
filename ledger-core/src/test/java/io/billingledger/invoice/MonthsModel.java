package io.billingledger.invoice;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which months are closed, and what people enter, as a clerk would keep both. */
final class MonthsModel {
  private static final List<String> CONTROL =
      List.of("RECEIVABLE", "CUSTOMER_CREDIT", "DEFERRED_REVENUE");

  /**
   * @param corrects the day that was wanted, where its month was closed; null otherwise
   */
  record Booked(LocalDate day, LocalDate corrects) {}

  /** One side of an entry. */
  record Side(String account, BigDecimal amount) {}

  private static final class Entry {
    List<Side> sides;
    LocalDate wanted;
    String by;
    boolean posted;
    boolean decided;
    boolean reversed;
  }

  private final PlainLedger ledger;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private YearMonth closed;
  private YearMonth locked;

  MonthsModel(PlainLedger ledger) {
    this.ledger = ledger;
  }

  YearMonth closed() {
    return closed;
  }

  boolean isClosed(YearMonth month) {
    return closed != null && !month.isAfter(closed);
  }

  private boolean isLocked(YearMonth month) {
    return locked != null && !month.isAfter(locked);
  }

  /**
   * One after the other, and only what is over.
   *
   * @param first with an entry; null while there is none
   */
  boolean mayBeClosed(YearMonth month, YearMonth first, YearMonth now) {
    boolean next =
        closed == null
            ? first == null || !month.isAfter(first)
            : month.equals(closed.plusMonths(1));
    return next && month.isBefore(now);
  }

  boolean mayBeLocked(YearMonth month) {
    return isClosed(month) && !isLocked(month);
  }

  boolean mayBeOpened(YearMonth month) {
    return month.equals(closed) && !isLocked(month);
  }

  void closed(YearMonth month) {
    closed = month;
  }

  void locked(YearMonth month) {
    locked = month;
  }

  void opened(YearMonth month) {
    closed = month.minusMonths(1);
  }

  Booked day(LocalDate wanted) {
    return isClosed(YearMonth.from(wanted))
        ? new Booked(closed.plusMonths(1).atDay(1), wanted)
        : new Booked(wanted, null);
  }

  boolean mayBeProposed(List<Side> sides) {
    BigDecimal sum = sides.stream().map(Side::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    return sum.signum() == 0
        && sides.stream()
            .allMatch(side -> side.amount().signum() != 0 && !CONTROL.contains(side.account()));
  }

  void proposed(String key, List<Side> sides, LocalDate wanted, String by) {
    Entry entry = new Entry();
    entry.sides = sides;
    entry.wanted = wanted;
    entry.by = by;
    entries.put(key, entry);
  }

  boolean mayBeReversed(String key) {
    return entries.get(key).posted;
  }

  /** Taken back once; who asks a second time is told so before anything is decided. */
  boolean isReversed(String key) {
    return entries.get(key).reversed;
  }

  void reversal(String key, String of, LocalDate wanted, String by) {
    entries.get(of).reversed = true;
    proposed(
        key,
        entries.get(of).sides.stream()
            .map(side -> new Side(side.account(), side.amount().negate()))
            .toList(),
        wanted,
        by);
  }

  boolean mayBeApproved(String key, String by) {
    return !entries.get(key).decided && !entries.get(key).by.equals(by);
  }

  Booked approved(String key) {
    Entry entry = entries.get(key);
    entry.decided = true;
    entry.posted = true;
    Booked booked = day(entry.wanted);
    entry.sides.forEach(side -> ledger.post(booked.day(), side.account(), side.amount()));
    return booked;
  }

  boolean mayBeRejected(String key) {
    return !entries.get(key).decided;
  }

  void rejected(String key) {
    entries.get(key).decided = true;
  }

  List<String> entries() {
    return List.copyOf(entries.keySet());
  }
}
