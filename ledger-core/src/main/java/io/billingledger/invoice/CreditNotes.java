package io.billingledger.invoice;

import io.billingledger.invoice.InvoiceCommand.IssueCreditNote;
import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.LineId;
import io.billingledger.tax.TaxLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The credit notes of one invoice, reversed ones too, and what they have left of it. */
record CreditNotes(Creditable rest, Money zero, List<Noted> all) {

  record Noted(CreditNote note, boolean reversed) {
    boolean is(CreditNoteType type) {
      return !reversed && note.type() == type;
    }
  }

  static CreditNotes of(List<InvoiceLine> lines, List<TaxLine> taxes, CurrencyUnit currency) {
    return new CreditNotes(Creditable.of(lines, taxes), Money.zero(currency), List.of());
  }

  /** Taken off before anybody paid it, with tax. */
  Money adjusted() {
    return sum(noted -> noted.is(CreditNoteType.ADJUSTMENT), CreditNote::total);
  }

  /** The same without tax. */
  Money adjustedNet() {
    return sum(noted -> noted.is(CreditNoteType.ADJUSTMENT), CreditNote::subtotal);
  }

  /** Paid back. */
  Money refunded() {
    return sum(noted -> noted.is(CreditNoteType.REFUND), CreditNote::total);
  }

  /** Paid back or turned into credit. */
  Money returned() {
    return sum(
        noted -> !noted.reversed() && noted.note().type() != CreditNoteType.ADJUSTMENT,
        CreditNote::total);
  }

  /** Whether any usage of the invoice is billed again elsewhere. */
  boolean billedAgain() {
    return all.stream().anyMatch(noted -> !noted.reversed() && noted.note().billedAgain() != null);
  }

  Optional<Noted> find(CreditNoteId id) {
    return all.stream().filter(noted -> noted.note().id().equals(id)).findFirst();
  }

  /** What is left of a line, with tax; null when the invoice has no such line. */
  Money left(LineId line) {
    Creditable.Rest left = rest.lines().get(line);
    return left == null ? null : left.gross();
  }

  /** The note that is asked for, which must not be more than what is left. */
  CreditNote note(IssueCreditNote c, String number) {
    Creditable.Part part = c.amount() == null ? rest.take(c.lines()) : rest.spread(c.amount());
    return new CreditNote(
        c.noteId(),
        number,
        c.type(),
        part.lines(),
        part.taxes(),
        part.subtotal(),
        part.total().minus(part.subtotal()),
        part.total(),
        c.reason(),
        c.reference(),
        c.at(),
        c.billedAgain());
  }

  CreditNotes and(CreditNote note) {
    List<Noted> more = new ArrayList<>(all);
    more.add(new Noted(note, false));
    return new CreditNotes(rest.without(note), zero, List.copyOf(more));
  }

  CreditNotes reversed(CreditNoteId id) {
    CreditNote note = find(id).orElseThrow().note();
    return new CreditNotes(
        rest.with(note),
        zero,
        all.stream()
            .map(noted -> noted.note().id().equals(id) ? new Noted(noted.note(), true) : noted)
            .toList());
  }

  private Money sum(Predicate<Noted> which, Function<CreditNote, Money> amount) {
    return all.stream().filter(which).map(Noted::note).map(amount).reduce(zero, Money::plus);
  }
}
