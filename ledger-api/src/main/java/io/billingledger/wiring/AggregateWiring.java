package io.billingledger.wiring;

import io.billingledger.bank.BankCsv;
import io.billingledger.bank.BankStatement;
import io.billingledger.catalog.Coupon;
import io.billingledger.catalog.Plan;
import io.billingledger.catalog.Product;
import io.billingledger.collections.Collection;
import io.billingledger.credit.Credit;
import io.billingledger.invoice.Invoice;
import io.billingledger.journal.AccountingCalendar;
import io.billingledger.journal.ChartOfAccounts;
import io.billingledger.journal.ManualEntry;
import io.billingledger.provisioning.Provisioning;
import io.billingledger.reconciliation.Break;
import io.billingledger.revenue.Revenue;
import io.billingledger.seller.Seller;
import io.billingledger.subscription.Subscription;
import io.billingledger.tax.TaxBook;
import io.billingledger.tenant.Tenant;
import io.billingledger.usage.UsageLog;
import java.time.Duration;
import java.util.List;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.common.lock.PessimisticLockFactory;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The aggregates: event-sourced, cached, and locked until their unit of work has ended. */
@Configuration(proxyBeanMethods = false)
class AggregateWiring {
  private static final int CACHED_EACH = 20_000;
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);
  private static final int LOCK_ATTEMPT_MILLIS = 10;

  /** One line for each shell. */
  private static final List<Class<?>> SHELLS =
      List.of(
          Product.class,
          Plan.class,
          TaxBook.class,
          Seller.class,
          Tenant.class,
          Subscription.class,
          Coupon.class,
          Credit.class,
          Invoice.class,
          Revenue.class,
          AccountingCalendar.class,
          ManualEntry.class,
          ChartOfAccounts.class,
          Break.class,
          Provisioning.class,
          Collection.class,
          UsageLog.class,
          BankStatement.class,
          BankCsv.class);

  /** An aggregate shell besides those listed here. */
  record Shell(Class<?> type) {}

  @Bean
  ConfigurerModule aggregates(ObjectProvider<Shell> more) {
    return configurer -> {
      SHELLS.forEach(shell -> register(configurer, shell));
      more.forEach(shell -> register(configurer, shell.type()));
    };
  }

  private static <T> void register(Configurer configurer, Class<T> shell) {
    LockFactory locks =
        PessimisticLockFactory.builder()
            .acquireAttempts((int) (LOCK_PATIENCE.toMillis() / LOCK_ATTEMPT_MILLIS))
            .lockAttemptTimeout(LOCK_ATTEMPT_MILLIS)
            .build();
    configurer.configureAggregate(
        AggregateConfigurer.defaultConfiguration(shell)
            .configureCommandTargetResolver(_ -> new CommandTargets())
            .configureRepository(
                ledger ->
                    EventSourcingRepository.builder(shell)
                        .eventStore(ledger.eventStore())
                        .parameterResolverFactory(ledger.parameterResolverFactory())
                        .handlerDefinition(ledger.handlerDefinition(shell))
                        .repositoryProvider(ledger::repository)
                        .lockFactory(locks)
                        .cache(new AggregateCache(CACHED_EACH))
                        .build()));
  }
}
