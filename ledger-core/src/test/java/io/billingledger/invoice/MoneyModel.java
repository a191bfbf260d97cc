package io.billingledger.invoice;

import io.billingledger.kernel.InvoiceId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One tenant's money as a clerk with a pencil would keep it: a sheet for each invoice, a list of
 * credits, and sums. It shares nothing with what it is compared to but the rules in words.
 */
final class MoneyModel {
  private static final BigDecimal CENT = new BigDecimal("0.01");

  /** What a note does. */
  enum Kind {
    ADJUSTMENT,
    REFUND,
    BALANCE
  }

  /**
   * What an invoice asks for, with tax.
   *
   * @param from and {@code to} what it is earned over; one day where it is earned at once
   * @param arrears whether it charges usage, or brings it up to a minimum
   */
  record Asked(BigDecimal amount, LocalDate from, LocalDate to, boolean arrears) {}

  /** What no note has taken back of a line. */
  private static final class Line {
    BigDecimal gross;
    BigDecimal net;
    boolean arrears;
  }

  private static final class Sheet {
    final List<Line> lines = new ArrayList<>();
    BigDecimal total;
    BigDecimal tax;
    BigDecimal credited = BigDecimal.ZERO;
    BigDecimal applied = BigDecimal.ZERO;
    BigDecimal recovered = BigDecimal.ZERO;
    BigDecimal writtenOff = BigDecimal.ZERO;
    boolean settled;
    boolean voided;
    final Map<String, BigDecimal> drawnFrom = new LinkedHashMap<>();
    final Map<String, Note> notes = new LinkedHashMap<>();

    BigDecimal noted(Kind... kinds) {
      BigDecimal sum = BigDecimal.ZERO;
      for (Note note : notes.values()) {
        if (!note.reversed && List.of(kinds).contains(note.kind)) {
          sum = sum.add(note.total);
        }
      }
      return sum;
    }

    BigDecimal paid() {
      return applied.add(recovered);
    }

    BigDecimal due() {
      return voided
          ? BigDecimal.ZERO
          : total.subtract(credited).subtract(everAdjusted()).subtract(paid()).subtract(writtenOff);
    }

    BigDecimal everAdjusted() {
      return noted(Kind.ADJUSTMENT);
    }

    /** Of usage, that no note has taken back. */
    BigDecimal arrears() {
      return lines.stream()
          .filter(line -> line.arrears)
          .map(line -> line.gross)
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  private static final class Note {
    Kind kind;
    BigDecimal total = BigDecimal.ZERO;
    BigDecimal tax = BigDecimal.ZERO;
    boolean ofUsage;
    final Map<Integer, BigDecimal> gross = new LinkedHashMap<>();
    final Map<Integer, BigDecimal> net = new LinkedHashMap<>();
    boolean reversed;
  }

  private static final class Credit {
    BigDecimal left;
    Instant expires;
  }

  private final Map<InvoiceId, Sheet> sheets = new HashMap<>();
  private final Map<String, Credit> credits = new LinkedHashMap<>();
  private final PlainLedger ledger;
  private final RevenueModel revenue;
  private Instant now;
  private LocalDate today;

  MoneyModel(PlainLedger ledger, RevenueModel revenue) {
    this.ledger = ledger;
    this.revenue = revenue;
  }

  void itIs(Instant newNow, LocalDate newToday) {
    now = newNow;
    today = newToday;
  }

  /** Of all invoices, without tax, less what was taken back. */
  BigDecimal net() {
    BigDecimal net = BigDecimal.ZERO;
    for (Sheet sheet : sheets.values()) {
      if (!sheet.voided) {
        for (Line line : sheet.lines) {
          net = net.add(line.net);
        }
      }
    }
    return net;
  }

  BigDecimal due(InvoiceId id) {
    return sheets.get(id).due();
  }

  BigDecimal tax(InvoiceId id) {
    return sheets.get(id).tax;
  }

  BigDecimal drawn(InvoiceId id) {
    return sheets.get(id).credited;
  }

  /**
   * Eleven of a hundred and eleven parts are tax: 12 % of eleven twelfths, inside the price. What
   * is left is each line's own part.
   */
  void issue(InvoiceId id, List<Asked> asked, boolean taxed) {
    Sheet sheet = new Sheet();
    sheet.total = asked.stream().map(Asked::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    sheet.tax =
        taxed
            ? sheet
                .total
                .multiply(BigDecimal.valueOf(11))
                .divide(BigDecimal.valueOf(111), 2, RoundingMode.HALF_UP)
            : BigDecimal.ZERO;
    List<BigDecimal> nets =
        split(sheet.total.subtract(sheet.tax), asked.stream().map(Asked::amount).toList());
    for (int i = 0; i < asked.size(); i++) {
      Line line = new Line();
      line.gross = asked.get(i).amount();
      line.net = nets.get(i);
      line.arrears = asked.get(i).arrears();
      sheet.lines.add(line);
      revenue.charged(id, i, line.net, asked.get(i).from(), asked.get(i).to(), today);
    }
    draw(sheet);
    sheet.settled = sheet.due().signum() == 0;
    sheets.put(id, sheet);
    post("RECEIVABLE", sheet.total.subtract(sheet.credited));
    post("CUSTOMER_CREDIT", sheet.credited);
    post("DEFERRED_REVENUE", sheet.tax.subtract(sheet.total));
    post("TAX_PAYABLE", sheet.tax.negate());
  }

  /** Credit that ends first is used first, and of the same end the older. */
  private void draw(Sheet sheet) {
    BigDecimal wanted = sheet.total;
    List<Map.Entry<String, Credit>> order = new ArrayList<>(credits.entrySet());
    order.sort(
        Comparator.comparing(
            entry -> entry.getValue().expires == null ? Instant.MAX : entry.getValue().expires));
    for (Map.Entry<String, Credit> entry : order) {
      Credit credit = entry.getValue();
      if (credit.expires == null || now.isBefore(credit.expires)) {
        BigDecimal part = credit.left.min(wanted);
        if (part.signum() > 0) {
          credit.left = credit.left.subtract(part);
          wanted = wanted.subtract(part);
          sheet.credited = sheet.credited.add(part);
          sheet.drawnFrom.put(entry.getKey(), part);
        }
      }
    }
  }

  void pay(InvoiceId id, String key, BigDecimal amount) {
    Sheet sheet = sheets.get(id);
    BigDecimal applied = amount.min(sheet.due());
    BigDecimal rest = amount.subtract(applied);
    BigDecimal recovered = sheet.voided ? BigDecimal.ZERO : rest.min(sheet.writtenOff);
    BigDecimal excess = rest.subtract(recovered);
    boolean settles = applied.signum() > 0 && applied.compareTo(sheet.due()) == 0;
    sheet.applied = sheet.applied.add(applied);
    sheet.recovered = sheet.recovered.add(recovered);
    sheet.writtenOff = sheet.writtenOff.subtract(recovered);
    sheet.settled |= settles;
    grant(key, excess, null);
    post("CASH", amount);
    post("RECEIVABLE", applied.negate());
    post("BAD_DEBT", recovered.negate());
    post("CUSTOMER_CREDIT", excess.negate());
  }

  /** Only while nobody has paid, nothing is settled or written off, and no note gave any back. */
  boolean mayBeVoided(InvoiceId id) {
    Sheet sheet = sheets.get(id);
    return !sheet.voided
        && !sheet.settled
        && sheet.paid().signum() == 0
        && sheet.writtenOff.signum() == 0
        && sheet.noted(Kind.REFUND, Kind.BALANCE).signum() == 0;
  }

  void voided(InvoiceId id) {
    Sheet sheet = sheets.get(id);
    BigDecimal open = sheet.due();
    for (Line line : sheet.lines) {
      post("DEFERRED_REVENUE", line.net);
      post("TAX_PAYABLE", line.gross.subtract(line.net));
    }
    post("RECEIVABLE", open.negate());
    post("CUSTOMER_CREDIT", sheet.credited.negate());
    sheet.drawnFrom.forEach((key, part) -> credits.get(key).left = credits.get(key).left.add(part));
    sheet.voided = true;
    revenue.voided(id, today);
  }

  void writeOff(InvoiceId id) {
    Sheet sheet = sheets.get(id);
    BigDecimal due = sheet.due();
    sheet.writtenOff = sheet.writtenOff.add(due);
    post("BAD_DEBT", due);
    post("RECEIVABLE", due.negate());
  }

  /** What is due, or what was given for it and not given back. */
  BigDecimal creditable(InvoiceId id, Kind kind) {
    Sheet sheet = sheets.get(id);
    BigDecimal given =
        sheet.paid().add(sheet.credited).subtract(sheet.noted(Kind.REFUND, Kind.BALANCE));
    return switch (kind) {
      case ADJUSTMENT -> sheet.due();
      case REFUND -> given.min(sheet.paid().subtract(sheet.noted(Kind.REFUND)));
      case BALANCE -> given;
    };
  }

  boolean mayBeNoted(InvoiceId id, Kind kind, BigDecimal amount) {
    return !sheets.get(id).voided && amount.compareTo(creditable(id, kind)) <= 0;
  }

  /** Over all lines, by what is left of them. */
  void note(InvoiceId id, String key, Kind kind, BigDecimal total) {
    List<Line> lines = sheets.get(id).lines;
    List<BigDecimal> parts = split(total, lines.stream().map(line -> line.gross).toList());
    Map<Integer, BigDecimal> byLine = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      byLine.put(i, parts.get(i));
    }
    note(id, key, kind, byLine);
  }

  /** Its tax is what is left when each line's net share is rounded. */
  private void note(InvoiceId id, String key, Kind kind, Map<Integer, BigDecimal> byLine) {
    Sheet sheet = sheets.get(id);
    BigDecimal due = sheet.due();
    Note note = new Note();
    note.kind = kind;
    byLine.forEach(
        (i, gross) -> {
          if (gross.signum() > 0) {
            Line line = sheet.lines.get(i);
            BigDecimal net = line.net.multiply(gross).divide(line.gross, 2, RoundingMode.HALF_UP);
            note.gross.put(i, gross);
            note.net.put(i, net);
            note.total = note.total.add(gross);
            note.tax = note.tax.add(gross).subtract(net);
            line.gross = line.gross.subtract(gross);
            line.net = line.net.subtract(net);
            revenue.taken(id, i, key, net, today);
          }
        });
    sheet.notes.put(key, note);
    sheet.settled |= kind == Kind.ADJUSTMENT && note.total.compareTo(due) == 0;
    if (kind == Kind.BALANCE) {
      grant(key, note.total, null);
    }
    post(note, 1);
  }

  /**
   * Not what was written off, and only where all of it can be: unpaid, or paid and not returned.
   */
  boolean mayUsageBeTakenBack(InvoiceId id) {
    Sheet sheet = sheets.get(id);
    BigDecimal most = creditable(id, Kind.ADJUSTMENT).add(creditable(id, Kind.BALANCE));
    return sheet.writtenOff.signum() == 0 && sheet.arrears().compareTo(most) <= 0;
  }

  boolean isVoid(InvoiceId id) {
    return sheets.get(id).voided;
  }

  /** As far as it is unpaid less is due, the rest becomes credit. */
  void usageTakenBack(InvoiceId id, String adjustment, String balance) {
    Sheet sheet = sheets.get(id);
    BigDecimal unpaid = sheet.due();
    Map<Integer, BigDecimal> due = new LinkedHashMap<>();
    Map<Integer, BigDecimal> paid = new LinkedHashMap<>();
    for (int i = 0; i < sheet.lines.size(); i++) {
      Line line = sheet.lines.get(i);
      if (line.arrears) {
        BigDecimal first = line.gross.min(unpaid);
        unpaid = unpaid.subtract(first);
        due.put(i, first);
        paid.put(i, line.gross.subtract(first));
      }
    }
    noteIfAny(id, adjustment, Kind.ADJUSTMENT, due);
    noteIfAny(id, balance, Kind.BALANCE, paid);
  }

  private void noteIfAny(InvoiceId id, String key, Kind kind, Map<Integer, BigDecimal> byLine) {
    if (byLine.values().stream().anyMatch(amount -> amount.signum() > 0)) {
      note(id, key, kind, byLine);
      sheets.get(id).notes.get(key).ofUsage = true;
    }
  }

  boolean mayBeReversed(InvoiceId id, String key) {
    Sheet sheet = sheets.get(id);
    Note note = sheet.notes.get(key);
    boolean closed = sheet.settled || sheet.voided || sheet.writtenOff.signum() > 0;
    return !note.reversed
        && !note.ofUsage
        && !(note.kind == Kind.ADJUSTMENT && closed)
        && !(note.kind == Kind.BALANCE && credits.get(key).left.compareTo(note.total) < 0);
  }

  void reversed(InvoiceId id, String key) {
    Sheet sheet = sheets.get(id);
    Note note = sheet.notes.get(key);
    note.reversed = true;
    note.gross.forEach(
        (i, gross) -> {
          Line line = sheet.lines.get(i);
          line.gross = line.gross.add(gross);
          line.net = line.net.add(note.net.get(i));
        });
    revenue.reversed(key, today);
    if (note.kind == Kind.BALANCE) {
      credits.get(key).left = credits.get(key).left.subtract(note.total);
    }
    post(note, -1);
  }

  void give(String key, BigDecimal amount, Instant expires) {
    grant(key, amount, expires);
    post("DISCOUNTS", amount);
    post("CUSTOMER_CREDIT", amount.negate());
  }

  void expire() {
    for (Credit credit : credits.values()) {
      if (credit.expires != null && !now.isBefore(credit.expires)) {
        post("CUSTOMER_CREDIT", credit.left);
        post("DISCOUNTS", credit.left.negate());
        credit.left = BigDecimal.ZERO;
      }
    }
  }

  private void grant(String key, BigDecimal amount, Instant expires) {
    if (amount.signum() > 0) {
      Credit credit = new Credit();
      credit.left = amount;
      credit.expires = expires;
      credits.put(key, credit);
    }
  }

  private void post(Note note, int sign) {
    BigDecimal total = note.total.multiply(BigDecimal.valueOf(sign));
    BigDecimal tax = note.tax.multiply(BigDecimal.valueOf(sign));
    post("DEFERRED_REVENUE", total.subtract(tax));
    post("TAX_PAYABLE", tax);
    post(
        switch (note.kind) {
          case ADJUSTMENT -> "RECEIVABLE";
          case REFUND -> "CASH";
          case BALANCE -> "CUSTOMER_CREDIT";
        },
        total.negate());
  }

  private void post(String account, BigDecimal amount) {
    ledger.post(today, account, amount);
  }

  /**
   * Whole cents in proportion, and what is left over one each to those that lost most, the earlier
   * first; all of it to the first where there is no proportion.
   */
  static List<BigDecimal> split(BigDecimal total, List<BigDecimal> weights) {
    BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    List<BigDecimal> parts = new ArrayList<>();
    List<BigDecimal> lost = new ArrayList<>();
    for (BigDecimal weight : weights) {
      boolean none = sum.signum() == 0;
      BigDecimal exact = none ? BigDecimal.ZERO : total.multiply(weight);
      BigDecimal part = none ? exact.setScale(2) : exact.divide(sum, 2, RoundingMode.FLOOR);
      parts.add(part);
      lost.add(exact.subtract(part.multiply(sum)));
    }
    BigDecimal left = parts.stream().reduce(total, BigDecimal::subtract);
    while (left.signum() > 0) {
      int most = lost.indexOf(lost.stream().reduce(BigDecimal::max).orElseThrow());
      BigDecimal unit = sum.signum() == 0 ? left : CENT;
      parts.set(most, parts.get(most).add(unit));
      lost.set(most, BigDecimal.ONE.negate());
      left = left.subtract(unit);
    }
    return parts;
  }
}
