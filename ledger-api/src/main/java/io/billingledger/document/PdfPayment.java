package io.billingledger.document;

import static io.billingledger.document.PdfLook.HALF;
import static io.billingledger.document.PdfLook.LEFT;
import static io.billingledger.document.PdfLook.SMALL_LEADING;

import io.billingledger.document.BillingDocument.Correction;
import io.billingledger.document.Pen.Style;
import io.billingledger.document.Standing.Ending;
import io.billingledger.seller.BankAccount;
import java.io.IOException;
import java.util.Locale;

/** How to pay, which nobody is told of what must not be paid; of a credit note, why it is. */
record PdfPayment(BillingDocument it, Words words, PdfLook look) {
  private static final float VALUES = LEFT + 66;
  private static final float VALUE_WIDTH = HALF - 66;

  /**
   * @return where it ends
   */
  float write(Pen pen, float top) throws IOException {
    float y = top + 8;
    if (it.correction() != null) {
      return why(pen, y, it.correction());
    }
    if (it.standing().ending() == Ending.OPEN && it.standing().due().isPositive()) {
      y = howToPay(pen, y);
    }
    return wrapped(pen, look.small(), LEFT, y, HALF - 8, words.say("prices-include-tax"));
  }

  private float why(Pen pen, float top, Correction correction) throws IOException {
    pen.left(look.label(), LEFT, top, words.say("reason").toUpperCase(Locale.ROOT));
    float y = wrapped(pen, look.body(), LEFT, top + 15, HALF - 8, correction.reason());
    if (correction.reference() != null) {
      String reference = words.say("paid-back-by", correction.reference());
      y = wrapped(pen, look.small(), LEFT, y, HALF - 8, reference);
    }
    return y;
  }

  private float howToPay(Pen pen, float top) throws IOException {
    float y = top;
    pen.left(look.label(), LEFT, y, words.say("how-to-pay").toUpperCase(Locale.ROOT));
    y += 15;
    if (!it.accounts().isEmpty()) {
      pen.left(look.small(), LEFT, y, words.say("transfer-to"));
    }
    for (BankAccount account : it.accounts()) {
      y = wrapped(pen, look.strong(), VALUES, y, VALUE_WIDTH, account.number());
      y = wrapped(pen, look.small(), VALUES, y - 1, VALUE_WIDTH, bank(account));
      String holder = words.say("holder", account.holder());
      y = wrapped(pen, look.small(), VALUES, y, VALUE_WIDTH, holder) + 4;
    }
    pen.left(look.small(), LEFT, y, words.say("reference"));
    y = wrapped(pen, look.strong(), VALUES, y, VALUE_WIDTH, it.number());
    y = wrapped(pen, look.small(), VALUES, y - 1, VALUE_WIDTH, words.say("reference-note"));
    return y + 6;
  }

  private static String bank(BankAccount account) {
    return account.swift() == null
        ? account.bank()
        : account.bank() + " · SWIFT " + account.swift();
  }

  private static float wrapped(Pen pen, Style style, float x, float top, float width, String text)
      throws IOException {
    float y = top;
    for (String line : style.wrapped(text, width)) {
      pen.left(style, x, y, line);
      y += style.size() > 8 ? PdfLook.LEADING : SMALL_LEADING;
    }
    return y;
  }
}
