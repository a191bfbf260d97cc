package io.billingledger.credit;

import io.billingledger.credit.CreditCommand.DrawCredit;
import io.billingledger.credit.CreditCommand.ExpireCredit;
import io.billingledger.credit.CreditCommand.GiveCredit;
import io.billingledger.credit.CreditCommand.GrantCredit;
import io.billingledger.credit.CreditCommand.ReturnCredit;
import io.billingledger.credit.CreditCommand.TakeBackCredit;
import io.billingledger.credit.CreditEvent.CreditDrawn;
import io.billingledger.credit.CreditEvent.CreditExpired;
import io.billingledger.credit.CreditEvent.CreditGiven;
import io.billingledger.credit.CreditEvent.CreditGranted;
import io.billingledger.credit.CreditEvent.CreditReturned;
import io.billingledger.credit.CreditEvent.CreditTakenBack;
import io.billingledger.credit.CreditEvent.Draw;
import io.billingledger.credit.CreditRejection.CreditExpiresInPast;
import io.billingledger.credit.CreditRejection.CreditNotPositive;
import io.billingledger.credit.CreditRejection.CreditSpent;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * A tenant's credit as its history tells it. It is used in a stated order: what expires first, and
 * among equals the oldest.
 *
 * @param tenantId null before the first grant
 * @param grants what remains of each, the oldest first
 * @param drawn what each invoice has drawn and not given back
 */
public record CreditState(
    TenantId tenantId, Map<String, Grant> grants, Map<InvoiceId, List<Draw>> drawn) {

  public static final CreditState NONE = new CreditState(null, Map.of(), Map.of());

  /**
   * @param expiresAt null for never
   */
  public record Grant(Money left, Instant expiresAt) {
    boolean usableAt(Instant at) {
      return left.isPositive() && !expiredAt(at);
    }

    boolean expiredAt(Instant at) {
      return expiresAt != null && !at.isBefore(expiresAt);
    }

    private Grant plus(Money amount) {
      return new Grant(left.plus(amount), expiresAt);
    }

    private Instant lasts() {
      return expiresAt == null ? Instant.MAX : expiresAt;
    }
  }

  public Money available(CurrencyUnit currency, Instant at) {
    return grants.values().stream()
        .filter(grant -> grant.usableAt(at))
        .map(Grant::left)
        .filter(amount -> amount.getCurrencyUnit().equals(currency))
        .reduce(Money.zero(currency), Money::plus);
  }

  /** When the next of what is left expires. */
  public Optional<Instant> nextExpiry() {
    return grants.values().stream()
        .filter(grant -> grant.left().isPositive() && grant.expiresAt() != null)
        .map(Grant::expiresAt)
        .min(Instant::compareTo);
  }

  public Money drawnBy(InvoiceId invoice, CurrencyUnit currency) {
    return drawn.getOrDefault(invoice, List.of()).stream()
        .map(Draw::amount)
        .reduce(Money.zero(currency), Money::plus);
  }

  List<CreditEvent> decide(GrantCredit c) {
    return grants.containsKey(c.key()) || !c.amount().isPositive()
        ? List.of()
        : List.of(
            new CreditGranted(
                c.creditId(), c.tenantId(), c.key(), c.invoiceId(), c.amount(), c.at()));
  }

  List<CreditEvent> decide(GiveCredit c) {
    if (grants.containsKey(c.key())) {
      return List.of();
    }
    if (!c.amount().isPositive()) {
      throw new Rejected(new CreditNotPositive(c.amount()));
    }
    if (c.expiresAt() != null && !c.expiresAt().isAfter(c.at())) {
      throw new Rejected(new CreditExpiresInPast(c.expiresAt(), c.at()));
    }
    return List.of(
        new CreditGiven(
            c.creditId(), c.tenantId(), c.key(), c.amount(), c.reason(), c.expiresAt(), c.at()));
  }

  List<CreditEvent> decide(DrawCredit c) {
    if (drawn.containsKey(c.invoiceId())) {
      return List.of();
    }
    Money wanted = c.upTo();
    List<Draw> draws = new ArrayList<>();
    for (Map.Entry<String, Grant> grant : inOrderOfUse()) {
      Money left = grant.getValue().left();
      if (grant.getValue().usableAt(c.at()) && left.isSameCurrency(wanted) && wanted.isPositive()) {
        Money part = left.isLessThan(wanted) ? left : wanted;
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

  /** What an invoice gave back after its grant had expired ends now. */
  List<CreditEvent> decide(ExpireCredit c) {
    List<CreditEvent> events = new ArrayList<>();
    grants.forEach(
        (key, grant) -> {
          if (grant.left().isPositive() && grant.expiredAt(c.at())) {
            events.add(
                new CreditExpired(
                    c.creditId(), tenantId, key, grant.left(), grant.expiresAt(), c.at()));
          }
        });
    return events;
  }

  List<CreditEvent> decide(TakeBackCredit c) {
    Money left = grants.get(c.key()).left();
    if (left.isLessThan(c.amount())) {
      throw new Rejected(new CreditSpent(c.amount(), left));
    }
    return List.of(new CreditTakenBack(c.creditId(), c.key(), c.invoiceId(), c.amount(), c.at()));
  }

  public CreditState evolve(CreditEvent event) {
    Map<String, Grant> newGrants = new LinkedHashMap<>(grants);
    Map<InvoiceId, List<Draw>> newDrawn = new LinkedHashMap<>(drawn);
    TenantId tenant = tenantId;
    switch (event) {
      case CreditGranted e -> {
        newGrants.put(e.key(), new Grant(e.amount(), null));
        tenant = e.tenantId();
      }
      case CreditGiven e -> {
        newGrants.put(e.key(), new Grant(e.amount(), e.expiresAt()));
        tenant = e.tenantId();
      }
      case CreditDrawn e -> {
        e.draws().forEach(draw -> add(newGrants, draw.key(), draw.amount().negated()));
        newDrawn.put(e.invoiceId(), e.draws());
      }
      case CreditReturned e ->
          newDrawn.remove(e.invoiceId()).forEach(draw -> add(newGrants, draw.key(), draw.amount()));
      case CreditExpired e -> add(newGrants, e.key(), e.amount().negated());
      case CreditTakenBack e -> add(newGrants, e.key(), e.amount().negated());
    }
    return new CreditState(tenant, newGrants, newDrawn);
  }

  private List<Map.Entry<String, Grant>> inOrderOfUse() {
    return grants.entrySet().stream()
        .sorted(Comparator.comparing(grant -> grant.getValue().lasts()))
        .toList();
  }

  private static void add(Map<String, Grant> grants, String key, Money amount) {
    grants.computeIfPresent(key, (_, grant) -> grant.plus(amount));
  }
}
