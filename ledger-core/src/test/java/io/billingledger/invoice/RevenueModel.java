package io.billingledger.invoice;

import io.billingledger.kernel.InvoiceId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What is earned, as a clerk would count it: strips of days that earn the same each. What is
 * recognised of a month is what all strips have earned by its end, less what was recognised before.
 */
final class RevenueModel {

  /**
   * @param note what took it; null where it is charged
   * @param to the day after the last
   * @param booked when it came into the books
   */
  private record Strip(
      InvoiceId invoice,
      int line,
      String note,
      BigDecimal amount,
      LocalDate from,
      LocalDate to,
      LocalDate booked) {

    BigDecimal earnedBefore(LocalDate day) {
      long days = Math.clamp(ChronoUnit.DAYS.between(from, day), 0, length());
      return amount
          .multiply(BigDecimal.valueOf(days))
          .divide(BigDecimal.valueOf(length()), 2, RoundingMode.HALF_UP);
    }

    private long length() {
      return ChronoUnit.DAYS.between(from, to);
    }

    Strip undone(LocalDate today) {
      return new Strip(invoice, line, "undone", amount.negate(), from, to, today);
    }
  }

  private final PlainLedger ledger;
  private final List<Strip> strips = new ArrayList<>();
  private BigDecimal recognised = BigDecimal.ZERO;

  RevenueModel(PlainLedger ledger) {
    this.ledger = ledger;
  }

  BigDecimal recognised() {
    return recognised;
  }

  void charged(
      InvoiceId invoice, int line, BigDecimal net, LocalDate from, LocalDate to, LocalDate today) {
    strips.add(new Strip(invoice, line, null, net, from, to, today));
  }

  /** First what is not earned yet, over the days that are left; the rest today. */
  void taken(InvoiceId invoice, int line, String note, BigDecimal net, LocalDate today) {
    BigDecimal unearned = BigDecimal.ZERO;
    LocalDate first = LocalDate.MAX;
    LocalDate end = today;
    for (Strip strip : strips) {
      if (strip.invoice.equals(invoice) && strip.line == line) {
        unearned = unearned.add(strip.amount).subtract(strip.earnedBefore(today));
        first = strip.from.isBefore(first) ? strip.from : first;
        end = strip.to.isAfter(end) ? strip.to : end;
      }
    }
    LocalDate from = first.isAfter(today) ? first : today;
    BigDecimal later =
        from.isBefore(end) ? unearned.min(net).max(BigDecimal.ZERO) : BigDecimal.ZERO;
    if (later.signum() > 0) {
      strips.add(new Strip(invoice, line, note, later.negate(), from, end, today));
    }
    if (net.compareTo(later) > 0) {
      BigDecimal now = later.subtract(net);
      strips.add(new Strip(invoice, line, note, now, today, today.plusDays(1), today));
    }
  }

  void reversed(String note, LocalDate today) {
    List.copyOf(strips).stream()
        .filter(strip -> note.equals(strip.note))
        .forEach(strip -> strips.add(strip.undone(today)));
  }

  void voided(InvoiceId invoice, LocalDate today) {
    List.copyOf(strips).stream()
        .filter(strip -> strip.invoice.equals(invoice))
        .forEach(strip -> strips.add(strip.undone(today)));
  }

  /**
   * @param day on which it is posted
   */
  void recognise(YearMonth month, LocalDate day) {
    LocalDate end = month.plusMonths(1).atDay(1);
    BigDecimal earned = BigDecimal.ZERO;
    for (Strip strip : strips) {
      if (strip.booked.isBefore(end)) {
        earned = earned.add(strip.earnedBefore(end));
      }
    }
    ledger.post(day, "DEFERRED_REVENUE", earned.subtract(recognised));
    ledger.post(day, "REVENUE", recognised.subtract(earned));
    recognised = earned;
  }
}
