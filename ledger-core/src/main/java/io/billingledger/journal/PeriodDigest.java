package io.billingledger.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over the entries of a month in the order of their ids. Of each entry, in UTF-8, these
 * texts, each ended by a line feed and empty where there is nothing: id, id of the event that
 * caused it, type of that event, legal entity, tenant, invoice, instant (ISO 8601 in UTC),
 * accounting date, the date that it corrects, version of the posting rules, how many postings; then
 * of each posting in its order: account, detail, currency, amount as a plain decimal (a debit is
 * positive). Anybody who has the entries can make it again.
 */
public final class PeriodDigest {
  private final MessageDigest sha256;
  private String last = "";
  private int entries;

  public PeriodDigest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  public void add(JournalEntry entry) {
    if (entry.id().value().compareTo(last) <= 0) {
      throw new IllegalArgumentException("ids ascend: " + last + ", " + entry.id());
    }
    last = entry.id().value();
    entries++;
    text(entry.id());
    text(entry.causeEventId());
    text(entry.causeType());
    text(entry.legalEntityId());
    text(entry.tenantId());
    text(entry.invoiceId());
    text(entry.at());
    text(entry.date());
    text(entry.corrects());
    text(entry.rules());
    text(entry.postings().size());
    for (Posting posting : entry.postings()) {
      text(posting.account());
      text(posting.detail());
      text(posting.amount().getCurrencyUnit().getCode());
      text(posting.amount().getAmount().toPlainString());
    }
  }

  public int entries() {
    return entries;
  }

  /** In hexadecimal; ends the digest. */
  public String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  private void text(Object value) {
    sha256.update((value == null ? "" : value.toString()).getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) '\n');
  }
}
