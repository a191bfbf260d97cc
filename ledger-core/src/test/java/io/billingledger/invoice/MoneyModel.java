package io.billingledger.invoice;

import io.billingledger.kernel.InvoiceId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One tenant's money as a clerk with a pencil would keep it: a sheet for each invoice, a list of
 * credits, and sums. It shares nothing with what it is compared to but the rules in words.
 */
final class MoneyModel {

  /** What a note does. */
  enum Kind {
    ADJUSTMENT,
    REFUND,
    BALANCE
  }

  private static final class Sheet {
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
  }

  private static final class Note {
    Kind kind;
    BigDecimal total;
    BigDecimal tax;
    boolean reversed;
  }

  private static final class Credit {
    BigDecimal left;
    Instant expires;
  }

  private final Map<InvoiceId, Sheet> sheets = new HashMap<>();
  private final Map<String, Credit> credits = new LinkedHashMap<>();
  private final Map<String, BigDecimal> accounts = new TreeMap<>();

  Map<String, BigDecimal> accounts() {
    return accounts;
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

  /** Eleven of a hundred and eleven parts are tax: 12 % of eleven twelfths, inside the price. */
  void issue(InvoiceId id, BigDecimal price, boolean taxed, Instant now) {
    Sheet sheet = new Sheet();
    sheet.total = price;
    sheet.tax =
        taxed
            ? price
                .multiply(BigDecimal.valueOf(11))
                .divide(BigDecimal.valueOf(111), 2, RoundingMode.HALF_UP)
            : BigDecimal.ZERO;
    BigDecimal wanted = price;
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
    sheet.settled = sheet.due().signum() == 0;
    sheets.put(id, sheet);
    post("RECEIVABLE", price.subtract(sheet.credited));
    post("CUSTOMER_CREDIT", sheet.credited);
    post("DEFERRED_REVENUE", price.subtract(sheet.tax).negate());
    post("TAX_PAYABLE", sheet.tax.negate());
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
    BigDecimal tax = sheet.tax;
    BigDecimal total = sheet.total;
    for (Note note : sheet.notes.values()) {
      if (!note.reversed) {
        tax = tax.subtract(note.tax);
        total = total.subtract(note.total);
      }
    }
    post("RECEIVABLE", sheet.due().negate());
    post("CUSTOMER_CREDIT", sheet.credited.negate());
    post("DEFERRED_REVENUE", total.subtract(tax));
    post("TAX_PAYABLE", tax);
    sheet.drawnFrom.forEach((key, part) -> credits.get(key).left = credits.get(key).left.add(part));
    sheet.voided = true;
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

  void note(InvoiceId id, String key, Kind kind, BigDecimal total, BigDecimal tax) {
    Sheet sheet = sheets.get(id);
    boolean settles = kind == Kind.ADJUSTMENT && total.compareTo(sheet.due()) == 0;
    Note note = new Note();
    note.kind = kind;
    note.total = total;
    note.tax = tax;
    sheet.notes.put(key, note);
    sheet.settled |= settles;
    if (kind == Kind.BALANCE) {
      grant(key, total, null);
    }
    post(note, 1);
  }

  boolean mayBeReversed(InvoiceId id, String key) {
    Sheet sheet = sheets.get(id);
    Note note = sheet.notes.get(key);
    boolean closed = sheet.settled || sheet.voided || sheet.writtenOff.signum() > 0;
    return !note.reversed
        && !(note.kind == Kind.ADJUSTMENT && closed)
        && !(note.kind == Kind.BALANCE && credits.get(key).left.compareTo(note.total) < 0);
  }

  void reversed(InvoiceId id, String key) {
    Note note = sheets.get(id).notes.get(key);
    note.reversed = true;
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

  void expire(Instant now) {
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
    accounts.merge(account, amount, BigDecimal::add);
  }
}
