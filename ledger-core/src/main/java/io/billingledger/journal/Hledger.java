package io.billingledger.journal;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Collectors;
import org.joda.money.CurrencyUnit;

/**
 * Entries as a journal file of hledger (plain text accounting): a program of others, which checks
 * and sums them by itself. A transaction has the accounting date, the entry's id as its code, the
 * type of the event as its description, and tags for what it is about.
 */
public final class Hledger {
  private Hledger() {}

  /** Declares how a currency is written; amounts in others are a fault to {@code hledger check}. */
  public static String commodity(CurrencyUnit currency) {
    String zeros = "0".repeat(currency.getDecimalPlaces());
    return "commodity 1000.%s %s\n".formatted(zeros, currency.getCode());
  }

  public static String declaration(Account account, String detail) {
    return "account " + name(account, detail) + "\n";
  }

  public static String transaction(JournalEntry entry) {
    StringBuilder text = new StringBuilder();
    text.append(entry.date()).append(" * (").append(entry.id()).append(") ");
    text.append(entry.causeType()).append("\n");
    tag(text, "event", entry.causeEventId());
    tag(text, "at", entry.at());
    tag(text, "tenant", entry.tenantId());
    tag(text, "invoice", entry.invoiceId());
    tag(text, "corrects", entry.corrects());
    tag(text, "rules", entry.rules());
    for (Posting posting : entry.postings()) {
      text.append("    ").append(name(posting.account(), posting.detail())).append("  ");
      BigDecimal amount = posting.amount().getAmount();
      text.append(amount.toPlainString());
      // A number without a decimal mark could be read with one of thousands.
      text.append(amount.scale() == 0 ? ". " : " ");
      text.append(posting.amount().getCurrencyUnit().getCode()).append("\n");
    }
    return text.append("\n").toString();
  }

  /** Such as {@code liabilities:tax payable:PPN}. */
  public static String name(Account account, String detail) {
    String own = account.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String name = top(account) + ":" + own;
    return detail.isEmpty() ? name : name + ":" + readable(detail);
  }

  private static String top(Account account) {
    return switch (account) {
      case CASH, CLEARING, RECEIVABLE, OTHER_ASSET -> "assets";
      case TAX_PAYABLE, DEFERRED_REVENUE, CUSTOMER_CREDIT, OTHER_LIABILITY -> "liabilities";
      case EQUITY -> "equity";
      case REVENUE, OTHER_INCOME -> "income";
      case DISCOUNTS, BAD_DEBT, WRITE_OFF, ROUNDING, OTHER_EXPENSE -> "expenses";
    };
  }

  /** Without what ends a name, starts a comment or makes another level; never two blanks. */
  private static String readable(String detail) {
    return detail
        .codePoints()
        .mapToObj(
            c ->
                c < ' ' || ":;()[]%".indexOf(c) >= 0
                    ? "%" + Integer.toHexString(c)
                    : Character.toString(c))
        .collect(Collectors.joining())
        .strip()
        .replaceAll("\\s+", "_");
  }

  private static void tag(StringBuilder text, String name, Object value) {
    if (value != null) {
      text.append("    ; ").append(name).append(": ").append(value).append("\n");
    }
  }
}
