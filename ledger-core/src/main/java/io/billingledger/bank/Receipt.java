package io.billingledger.bank;

import java.time.LocalDate;
import java.util.List;
import org.joda.money.Money;

/**
 * Money that came and is to be matched.
 *
 * @param open what of the entry nobody has said anything of
 * @param text what the payer wrote; empty if nothing
 * @param payer null if the bank did not tell
 * @param parts the payments of a batch, when they add up to {@code open}; else empty
 */
public record Receipt(
    Money open, LocalDate bookedOn, String text, String payer, List<Receipt> parts) {
  public Receipt {
    parts = List.copyOf(parts);
  }
}
