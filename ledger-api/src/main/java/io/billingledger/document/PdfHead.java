package io.billingledger.document;

import static io.billingledger.document.PdfLook.HALF;
import static io.billingledger.document.PdfLook.LEFT;
import static io.billingledger.document.PdfLook.RIGHT;
import static io.billingledger.document.PdfLook.SECOND_HALF;
import static io.billingledger.document.PdfLook.SMALL_LEADING;

import io.billingledger.document.BillingDocument.Correction;
import io.billingledger.document.PdfLook.Spacing;
import io.billingledger.document.Pen.Style;
import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Who bills whom, for what, and what is to be done: the upper part of the first page. */
record PdfHead(BillingDocument it, Words words, PdfLook look) {
  private static final float BOX = 74;
  private static final float EDGE = 3;

  /** What the box beside the buyer says. */
  private record Call(Color colour, Color tint, String above, String said, String below) {}

  String title() {
    return words.say(it.correction() == null ? "invoice" : "credit-note");
  }

  /**
   * @return where what follows may begin
   */
  float write(Pen pen, Spacing spacing) throws IOException {
    float seller = party(pen, LEFT, spacing.top, it.seller(), 13);
    float y = Math.max(seller, facts(pen, spacing.top)) + spacing.block - 4;
    pen.left(look.label(), LEFT, y + 10, words.say("billed-to").toUpperCase(Locale.ROOT));
    float buyer = party(pen, LEFT, y + 27, it.buyer(), 12);
    box(pen, y);
    return Math.max(buyer, y + BOX) + spacing.block;
  }

  /** On each later page. */
  void writeAgain(Pen pen, float y) throws IOException {
    pen.left(look.strong(), LEFT, y, look.strong().wrapped(it.seller().name(), HALF).getFirst());
    String what = "%s %s · %s".formatted(title(), it.number(), words.say("continued"));
    pen.right(look.small(), RIGHT, y, what);
  }

  private float party(Pen pen, float x, float top, Party party, float size) throws IOException {
    float y = top;
    Style name = new Style(look.party().typeface(), size, PdfLook.INK);
    for (String line : name.wrapped(party.name(), HALF + 10)) {
      pen.left(name, x, y, line);
      y += size + 3;
    }
    for (String line : about(party)) {
      for (String part : look.small().wrapped(line, HALF)) {
        pen.left(look.small(), x, y, part);
        y += SMALL_LEADING;
      }
    }
    return y;
  }

  private List<String> about(Party party) {
    List<String> lines = new ArrayList<>(party.address());
    String place = joined(" ", party.city(), party.postCode());
    String country = party.country() == null ? null : words.country(party.country());
    lines.add(joined(", ", place, country));
    lines.add(party.taxIdentity() == null ? "" : words.say("tax-identity", party.taxIdentity()));
    return lines.stream().filter(line -> !line.isBlank()).toList();
  }

  private static String joined(String between, String... parts) {
    return String.join(
        between, Stream.of(parts).filter(part -> part != null && !part.isBlank()).toList());
  }

  private float facts(Pen pen, float top) throws IOException {
    float y = top + 6;
    pen.right(look.title(), RIGHT, y, title());
    y += 24;
    String[][] facts = {
      {words.say(it.correction() == null ? "number" : "note-number"), it.number()},
      {words.say("issued"), words.date(it.issuedOn())},
      it.correction() == null
          ? new String[] {words.say("pay-before"), words.date(it.payBefore())}
          : new String[] {words.say("of-invoice"), it.correction().invoiceNumber()},
      {words.say("period"), words.span(it.period().start(), it.period().end().minusDays(1))}
    };
    float width = look.strong().width(it.number());
    for (String[] fact : facts) {
      width = Math.max(width, look.body().width(fact[1]));
    }
    for (String[] fact : facts) {
      pen.right(look.small(), RIGHT - width - 12, y, fact[0]);
      pen.left(fact == facts[0] ? look.strong() : look.body(), RIGHT - width, y, fact[1]);
      y += 14;
    }
    return y;
  }

  private void box(Pen pen, float top) throws IOException {
    Call call = call();
    pen.box(call.tint(), SECOND_HALF, top, HALF, BOX);
    pen.box(call.colour(), SECOND_HALF, top, EDGE, BOX);
    float x = SECOND_HALF + 16;
    float width = HALF - 28;
    Style said = new Style(look.party().typeface(), 19, call.colour());
    pen.left(look.small().fitting(call.above(), width), x, top + 19, call.above());
    pen.left(said.fitting(call.said(), width), x, top + 43, call.said());
    pen.left(look.body().fitting(call.below(), width), x, top + 61, call.below());
  }

  private Call call() {
    if (it.correction() != null) {
      return call(it.correction());
    }
    Standing standing = it.standing();
    String named = title() + " " + it.number();
    return switch (standing.ending()) {
      case OPEN ->
          new Call(
              PdfLook.ACCENT,
              PdfLook.ACCENT_TINT,
              words.say("amount-due"),
              words.withCurrency(standing.due()),
              words.say("please-pay-before", words.date(it.payBefore())));
      case PAID ->
          new Call(
              PdfLook.GOOD,
              PdfLook.GOOD_TINT,
              words.say("nothing-due"),
              words.say("paid"),
              words.say(
                  standing.returned().isZero() ? "paid-on" : "paid-partly-returned",
                  words.date(standing.closedOn())));
      case REFUNDED ->
          new Call(
              PdfLook.ACCENT,
              PdfLook.ACCENT_TINT,
              words.say("nothing-due"),
              words.say("refunded"),
              words.say("refunded-since", words.date(standing.closedOn())));
      case VOID ->
          new Call(
              PdfLook.BAD,
              PdfLook.BAD_TINT,
              named,
              words.say("void"),
              words.say("void-on", words.date(standing.closedOn())));
      case WRITTEN_OFF ->
          new Call(
              PdfLook.BAD,
              PdfLook.BAD_TINT,
              named,
              words.say("written-off"),
              words.say("written-off-on", words.date(standing.closedOn())));
    };
  }

  private Call call(Correction correction) {
    if (correction.reversedOn() != null) {
      return new Call(
          PdfLook.BAD,
          PdfLook.BAD_TINT,
          title() + " " + it.number(),
          words.say("reversed"),
          words.say("reversed-on", words.date(correction.reversedOn())));
    }
    return new Call(
        PdfLook.GOOD,
        PdfLook.GOOD_TINT,
        words.say("given-back-now"),
        words.withCurrency(it.total()),
        words.say("credit-note." + correction.type().name(), correction.invoiceNumber()));
  }
}
