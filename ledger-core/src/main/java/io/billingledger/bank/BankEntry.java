package io.billingledger.bank;

import io.billingledger.kernel.BankEntryId;
import java.time.LocalDate;
import java.util.List;
import org.joda.money.Money;

/**
 * One movement of a bank account, as the bank booked it.
 *
 * @param lineNo its place on the statement, from 1
 * @param bookedOn a date of the bank's
 * @param amount positive when money came; never in another currency than the account's
 * @param reversal whether the bank took an earlier entry back with it; its sign is that of this
 *     entry
 * @param reference the bank's own, null if it gave none
 * @param kind the bank's code for what it is, null if it gave none
 * @param parts what a batch booking consists of, as far as the bank told it; empty for a single
 *     payment
 */
public record BankEntry(
    BankEntryId id,
    int lineNo,
    LocalDate bookedOn,
    LocalDate valueOn,
    Money amount,
    boolean reversal,
    String reference,
    String kind,
    List<Part> parts) {
  public BankEntry {
    parts = List.copyOf(parts);
  }

  /**
   * One payment of a batch.
   *
   * @param amount with the sign of the entry; null where the bank did not tell it in the account's
   *     currency
   * @param reference the bank's own, null if it gave none
   */
  public record Part(Money amount, String reference) {}

  /** Whether the parts say where all of the amount comes from. */
  public boolean partsAddUp() {
    return parts.size() > 1
        && parts.stream().noneMatch(part -> part.amount() == null)
        && parts.stream().map(Part::amount).reduce(Money::plus).orElseThrow().isEqual(amount);
  }
}
