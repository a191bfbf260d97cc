package io.billingledger.adapter.bank;

import io.billingledger.kernel.BankEntryId;
import java.util.List;

/**
 * Who paid and what he wrote: personal data, which is kept beside the events.
 *
 * @param payer null if the bank did not tell
 * @param payerAccount null if the bank did not tell
 * @param text empty if there is none
 * @param parts of the payments of a batch, in their order
 */
public record EntryText(
    BankEntryId entryId, String payer, String payerAccount, String text, List<Part> parts) {
  public EntryText {
    parts = List.copyOf(parts);
  }

  /** Of one payment of a batch. */
  public record Part(String payer, String text) {}
}
