package io.billingledger.credit;

import io.billingledger.credit.CreditCommand.DrawCredit;
import io.billingledger.credit.CreditCommand.GrantCredit;
import io.billingledger.credit.CreditCommand.ReturnCredit;
import io.billingledger.credit.CreditEvent.CreditDrawn;
import io.billingledger.credit.CreditEvent.CreditGranted;
import io.billingledger.credit.CreditEvent.CreditReturned;
import io.billingledger.credit.CreditEvent.Draw;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * A tenant's credit as its history tells it.
 *
 * @param tenantId null before the first grant
 * @param left what remains of each grant, the oldest first
 * @param drawn what each invoice has drawn and not given back
 */
public record CreditState(
    TenantId tenantId, Map<String, Money> left, Map<InvoiceId, List<Draw>> drawn) {

  public static final CreditState NONE = new CreditState(null, Map.of(), Map.of());

  public Money available(CurrencyUnit currency) {
    return left.values().stream()
        .filter(amount -> amount.getCurrencyUnit().equals(currency))
        .reduce(Money.zero(currency), Money::plus);
  }

  public Money drawnBy(InvoiceId invoice, CurrencyUnit currency) {
    return drawn.getOrDefault(invoice, List.of()).stream()
        .map(Draw::amount)
        .reduce(Money.zero(currency), Money::plus);
  }

  List<CreditEvent> decide(GrantCredit c) {
    return left.containsKey(c.key()) || !c.amount().isPositive()
        ? List.of()
        : List.of(
            new CreditGranted(
                c.creditId(), c.tenantId(), c.key(), c.invoiceId(), c.amount(), c.at()));
  }

  List<CreditEvent> decide(DrawCredit c) {
    if (drawn.containsKey(c.invoiceId())) {
      return List.of();
    }
    Money wanted = c.upTo();
    List<Draw> draws = new ArrayList<>();
    for (Map.Entry<String, Money> grant : left.entrySet()) {
      if (grant.getValue().isSameCurrency(wanted)
          && grant.getValue().isPositive()
          && wanted.isPositive()) {
        Money part = grant.getValue().isLessThan(wanted) ? grant.getValue() : wanted;
        draws.add(new Draw(grant.getKey(), part));
        wanted = wanted.minus(part);
      }
    }
    Money amount = c.upTo().minus(wanted);
    return draws.isEmpty()
        ? List.of()
        : List.of(new CreditDrawn(c.creditId(), c.invoiceId(), amount, draws, c.at()));
  }

  List<CreditEvent> decide(ReturnCredit c) {
    List<Draw> draws = drawn.getOrDefault(c.invoiceId(), List.of());
    return draws.stream()
        .map(Draw::amount)
        .reduce(Money::plus)
        .<List<CreditEvent>>map(
            amount -> List.of(new CreditReturned(c.creditId(), c.invoiceId(), amount, c.at())))
        .orElse(List.of());
  }

  public CreditState evolve(CreditEvent event) {
    Map<String, Money> newLeft = new LinkedHashMap<>(left);
    Map<InvoiceId, List<Draw>> newDrawn = new LinkedHashMap<>(drawn);
    return switch (event) {
      case CreditGranted e -> {
        newLeft.put(e.key(), e.amount());
        yield new CreditState(e.tenantId(), newLeft, newDrawn);
      }
      case CreditDrawn e -> {
        e.draws().forEach(draw -> newLeft.merge(draw.key(), draw.amount(), Money::minus));
        newDrawn.put(e.invoiceId(), e.draws());
        yield new CreditState(tenantId, newLeft, newDrawn);
      }
      case CreditReturned e -> {
        newDrawn
            .remove(e.invoiceId())
            .forEach(draw -> newLeft.merge(draw.key(), draw.amount(), Money::plus));
        yield new CreditState(tenantId, newLeft, newDrawn);
      }
    };
  }
}
