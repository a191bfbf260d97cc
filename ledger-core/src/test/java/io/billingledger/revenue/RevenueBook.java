package io.billingledger.revenue;

import io.billingledger.invoice.InvoiceEvent;
import io.billingledger.invoice.InvoiceEvent.CreditNoteIssued;
import io.billingledger.invoice.InvoiceEvent.CreditNoteReversed;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceEvent.InvoiceVoided;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.RevenueId;
import io.billingledger.kernel.TenantId;
import io.billingledger.revenue.RevenueCommand.RecogniseRevenue;
import io.billingledger.revenue.RevenueEvent.Earned;
import io.billingledger.revenue.RevenueEvent.RevenueRecognised;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.joda.money.Money;

/** A tenant's revenue without its view and its shell: keeps the lines and recognises months. */
public final class RevenueBook {

  private static final class Kept {
    private final RevenueLine line;
    private final String product;
    private final LocalDate bookedOn;
    private Money recognised;

    Kept(RevenueLine line, String product, LocalDate bookedOn) {
      this.line = line;
      this.product = product;
      this.bookedOn = bookedOn;
      this.recognised = Money.zero(line.schedule().amount().getCurrencyUnit());
    }

    Earned earned(LocalDate end) {
      Money missing = line.schedule().earnedBefore(end).minus(recognised);
      return new Earned(line.invoiceId(), line.key(), product, missing);
    }
  }

  private final TenantId tenant;
  private final Consumer<RevenueEvent> told;
  private final Map<InvoiceId, Map<String, Kept>> kept = new LinkedHashMap<>();
  private RevenueState state = RevenueState.NONE;

  public RevenueBook(TenantId tenant, Consumer<RevenueEvent> told) {
    this.tenant = tenant;
    this.told = told;
  }

  public void follow(InvoiceEvent event, LocalDate day) {
    switch (event) {
      case InvoiceIssued e -> keep(RevenueLine.of(e, day), e.plan().productCode(), day);
      case CreditNoteIssued e -> beside(e, RevenueLine.taken(e.note(), of(e), day), day);
      case CreditNoteReversed e -> beside(e, RevenueLine.reversed(e.note().id(), of(e)), day);
      case InvoiceVoided e -> beside(e, RevenueLine.voided(of(e)), day);
      default -> {}
    }
  }

  /**
   * @param day on which it is posted
   */
  public void recognise(YearMonth month, LocalDate day, Instant at) {
    LocalDate end = month.plusMonths(1).atDay(1);
    List<Earned> earned = new ArrayList<>();
    kept.values().stream()
        .flatMap(lines -> lines.values().stream())
        .filter(each -> each.bookedOn.isBefore(end))
        .forEach(each -> earned.add(each.earned(end)));
    for (RevenueEvent event :
        state.decide(
            new RecogniseRevenue(
                RevenueId.of(tenant), tenant, "default", month, earned, day, at))) {
      state = state.evolve(event);
      for (Earned part : ((RevenueRecognised) event).earned()) {
        Kept line = kept.get(part.invoiceId()).get(part.key());
        line.recognised = line.recognised.plus(part.amount());
      }
      told.accept(event);
    }
  }

  private List<RevenueLine> of(InvoiceEvent event) {
    return kept.get(event.invoiceId()).values().stream().map(each -> each.line).toList();
  }

  private void beside(InvoiceEvent event, List<RevenueLine> lines, LocalDate day) {
    kept.get(event.invoiceId()).values().stream()
        .findFirst()
        .ifPresent(first -> keep(lines, first.product, day));
  }

  private void keep(List<RevenueLine> lines, String product, LocalDate day) {
    for (RevenueLine line : lines) {
      kept.computeIfAbsent(line.invoiceId(), _ -> new LinkedHashMap<>())
          .put(line.key(), new Kept(line, product, day));
    }
  }
}
