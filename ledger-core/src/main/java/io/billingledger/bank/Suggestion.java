package io.billingledger.bank;

import io.billingledger.kernel.InvoiceId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.joda.money.Money;

/**
 * What an entry may be for.
 *
 * @param score 0 to 100: the sum of its reasons' points
 * @param reasons for it, the strongest first
 */
public record Suggestion(List<Share> invoices, int score, List<Reason> reasons) {
  /** The best first; which of two equal ones is first depends on nothing but their invoices. */
  static final Comparator<Suggestion> BEST_FIRST =
      Comparator.comparing(Suggestion::score)
          .reversed()
          .thenComparing(suggestion -> suggestion.invoices().size())
          .thenComparing(suggestion -> suggestion.invoices().getFirst().invoiceNumber());

  public Suggestion {
    invoices = List.copyOf(invoices);
    reasons = List.copyOf(reasons);
  }

  /** What of the entry is for one invoice. */
  public record Share(InvoiceId invoiceId, String invoiceNumber, Money amount) {}

  /** Why. The points say how much each reason counts. */
  public enum Reason {
    /** The invoice's number stands in the text. */
    REFERENCE(50),
    /** It is exactly what is due, or the sum of what is due. */
    AMOUNT(30),
    /** The payer has the tenant's name. */
    PAYER(12),
    /** It came between the issue and a month after the due date. */
    DATE(8);

    private final int points;

    Reason(int points) {
      this.points = points;
    }

    public int points() {
      return points;
    }
  }

  static Suggestion of(List<Share> invoices, Set<Reason> reasons) {
    List<Reason> sorted = reasons.stream().sorted().toList();
    List<Share> ordered =
        invoices.stream().sorted(Comparator.comparing(Share::invoiceNumber)).toList();
    return new Suggestion(ordered, sorted.stream().mapToInt(Reason::points).sum(), sorted);
  }

  Set<String> numbers() {
    return invoices.stream().map(Share::invoiceNumber).collect(Collectors.toUnmodifiableSet());
  }

  /** Number and amount both say so. */
  public boolean exact() {
    return reasons.contains(Reason.REFERENCE) && reasons.contains(Reason.AMOUNT);
  }
}
