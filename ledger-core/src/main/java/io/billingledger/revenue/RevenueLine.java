package io.billingledger.revenue;

import io.billingledger.invoice.CreditNote;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceLine;
import io.billingledger.invoice.InvoicedCycle;
import io.billingledger.invoice.LineType;
import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.time.BillingPeriod;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.Money;

/**
 * One part of an invoice's revenue: what a line charges, or what a credit note, its reversal or a
 * void takes from it.
 *
 * @param key unique in the invoice: the line, or the line and what took from it
 * @param lineId of the invoice
 */
public record RevenueLine(
    InvoiceId invoiceId, String key, String lineId, RevenueSchedule schedule) {

  /**
   * A line for a period is earned over it, the part of it that it charges; a fee for the start over
   * the first period. What was used is earned already, and so is what brings usage to its minimum:
   * on the day of the invoice.
   *
   * @param issuedOn accounting day
   */
  public static List<RevenueLine> of(InvoiceIssued invoice, LocalDate issuedOn) {
    List<RevenueLine> lines = new ArrayList<>();
    for (InvoiceLine line : invoice.lines()) {
      Money net = line.netAmount();
      if (!net.isZero()) {
        InvoicedCycle cycle = invoice.cycleOf(line);
        BillingPeriod period = cycle.period();
        lines.add(
            new RevenueLine(
                invoice.invoiceId(),
                line.id().value(),
                line.id().value(),
                isEarnedOverPeriod(line)
                    ? new RevenueSchedule(
                        net, period.start(), period.end(), cycle.plan().terms().revenue())
                    : RevenueSchedule.on(issuedOn, net)));
      }
    }
    return lines;
  }

  private static boolean isEarnedOverPeriod(InvoiceLine line) {
    return line.usage() == null
        && (line.type() == LineType.RECURRING || line.type() == LineType.SETUP);
  }

  /**
   * A credit note first takes what is not earned yet, over the rest of the period; what it takes
   * beyond that was earned too much, and goes on its day.
   *
   * @param standing what there is of the invoice, earlier notes among it
   * @param day accounting day of the note
   */
  public static List<RevenueLine> taken(
      CreditNote note, List<RevenueLine> standing, LocalDate day) {
    List<RevenueLine> taken = new ArrayList<>();
    for (CreditNote.Line line : note.lines()) {
      String lineId = line.lineId().value();
      List<RevenueLine> ofLine =
          standing.stream().filter(each -> each.lineId().equals(lineId)).toList();
      Money left = line.amount();
      Money unearned = left.minus(left);
      LocalDate to = day;
      for (RevenueLine each : ofLine) {
        RevenueSchedule schedule = each.schedule();
        unearned = unearned.plus(schedule.amount()).minus(schedule.earnedBefore(day));
        to = schedule.to().isAfter(to) ? schedule.to() : to;
      }
      LocalDate from =
          ofLine.stream()
              .map(each -> each.schedule().from())
              .min(LocalDate::compareTo)
              .filter(first -> first.isAfter(day))
              .orElse(day);
      Money later = unearned.isLessThan(left) ? unearned : left;
      if (later.isPositive() && from.isBefore(to)) {
        taken.add(
            new RevenueLine(
                ofLine.getFirst().invoiceId(),
                lineId + "/" + note.id(),
                lineId,
                new RevenueSchedule(
                    later.negated(), from, to, ofLine.getFirst().schedule().method())));
        left = left.minus(later);
      }
      if (!left.isZero() && !ofLine.isEmpty()) {
        taken.add(
            new RevenueLine(
                ofLine.getFirst().invoiceId(),
                lineId + "/" + note.id() + "/earned",
                lineId,
                RevenueSchedule.on(day, left.negated())));
      }
    }
    return taken;
  }

  /**
   * What a note had taken is earned again.
   *
   * @param standing what there is of the invoice
   */
  public static List<RevenueLine> reversed(CreditNoteId note, List<RevenueLine> standing) {
    return standing.stream()
        .filter(line -> line.isOf(note) && !line.key().endsWith("/reversed"))
        .map(line -> line.undone("reversed"))
        .toList();
  }

  /**
   * Nothing of a void invoice is earned.
   *
   * @param standing what there is of it
   */
  public static List<RevenueLine> voided(List<RevenueLine> standing) {
    return standing.stream()
        .filter(line -> !line.key().endsWith("/void"))
        .map(line -> line.undone("void"))
        .toList();
  }

  /** Whether the note took it, or it undoes what the note took. */
  public boolean isOf(CreditNoteId note) {
    return key.contains("/" + note.value());
  }

  /** The same over the same days with the other sign, so that both together earn nothing. */
  RevenueLine undone(String by) {
    return new RevenueLine(
        invoiceId,
        key + "/" + by,
        lineId,
        new RevenueSchedule(
            schedule.amount().negated(), schedule.from(), schedule.to(), schedule.method()));
  }
}
