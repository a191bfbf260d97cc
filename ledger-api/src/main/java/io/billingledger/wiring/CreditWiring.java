package io.billingledger.wiring;

import io.billingledger.credit.CreditCommand.DrawCredit;
import io.billingledger.credit.CreditCommand.GrantCredit;
import io.billingledger.credit.CreditCommand.ReturnCredit;
import io.billingledger.credit.CreditCommand.TakeBackCredit;
import io.billingledger.credit.CreditDesk;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.CreditId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.MetaKeys;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.joda.money.Money;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** How an invoice reaches its tenant's credit. */
@Configuration(proxyBeanMethods = false)
class CreditWiring {

  @Bean
  CreditDesk creditDesk(@Lazy Commands commands, @Lazy EventStore events) {
    return new NestedCommands(commands, events);
  }

  /** Sends to the credit within the invoice's own unit of work, in the name of whoever acts. */
  private record NestedCommands(Commands commands, EventStore events) implements CreditDesk {

    /** Most tenants never have any credit: a look for its first event spares them the aggregate. */
    @Override
    public Money draw(TenantId tenant, InvoiceId invoice, Money upTo, Instant at) {
      CreditId credit = CreditId.of(tenant);
      return upTo.isPositive() && events.lastSequenceNumberFor(credit.value()).isPresent()
          ? commands.send(new DrawCredit(credit, invoice, upTo, at), actor())
          : Money.zero(upTo.getCurrencyUnit());
    }

    @Override
    public void grant(TenantId tenant, String key, InvoiceId invoice, Money amount, Instant at) {
      commands.send(
          new GrantCredit(CreditId.of(tenant), tenant, key, invoice, amount, at), actor());
    }

    @Override
    public void giveBack(TenantId tenant, InvoiceId invoice, Instant at) {
      commands.send(new ReturnCredit(CreditId.of(tenant), invoice, at), actor());
    }

    @Override
    public void takeBack(TenantId tenant, String key, InvoiceId invoice, Money amount, Instant at) {
      commands.send(new TakeBackCredit(CreditId.of(tenant), key, invoice, amount, at), actor());
    }

    private static Actor actor() {
      Object name = CurrentUnitOfWork.get().getMessage().getMetaData().get(MetaKeys.ACTOR);
      return name == null ? Actor.system("credit") : new Actor(name.toString());
    }
  }
}
