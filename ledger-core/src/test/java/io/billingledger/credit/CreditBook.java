package io.billingledger.credit;

import io.billingledger.credit.CreditCommand.DrawCredit;
import io.billingledger.credit.CreditCommand.ExpireCredit;
import io.billingledger.credit.CreditCommand.GiveCredit;
import io.billingledger.credit.CreditCommand.GrantCredit;
import io.billingledger.credit.CreditCommand.ReturnCredit;
import io.billingledger.credit.CreditCommand.TakeBackCredit;
import io.billingledger.kernel.CreditId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.joda.money.Money;

/** A tenant's credit without its shell: decides, and tells of every event. */
public final class CreditBook {
  private final CreditId id;
  private final TenantId tenant;
  private final Consumer<CreditEvent> told;
  private CreditState state = CreditState.NONE;

  public CreditBook(TenantId tenant, Consumer<CreditEvent> told) {
    this.id = CreditId.of(tenant);
    this.tenant = tenant;
    this.told = told;
  }

  public void grant(String key, InvoiceId invoice, Money amount, Instant at) {
    happened(state.decide(new GrantCredit(id, tenant, key, invoice, amount, at)));
  }

  public void give(String key, Money amount, Instant expiresAt, Instant at) {
    happened(state.decide(new GiveCredit(id, tenant, key, amount, "test", expiresAt, at)));
  }

  public Money draw(InvoiceId invoice, Money upTo, Instant at) {
    happened(state.decide(new DrawCredit(id, invoice, upTo, at)));
    return state.drawnBy(invoice, upTo.getCurrencyUnit());
  }

  public void giveBack(InvoiceId invoice, Instant at) {
    happened(state.decide(new ReturnCredit(id, invoice, at)));
  }

  public void takeBack(String key, InvoiceId invoice, Money amount, Instant at) {
    happened(state.decide(new TakeBackCredit(id, key, invoice, amount, at)));
  }

  public void expire(Instant at) {
    happened(state.decide(new ExpireCredit(id, at)));
  }

  private void happened(List<CreditEvent> events) {
    for (CreditEvent event : events) {
      state = state.evolve(event);
      told.accept(event);
    }
  }
}
