package io.billingledger.wiring;

import io.billingledger.view.account.CreditMovements;
import io.billingledger.view.account.CreditProjection;
import io.billingledger.view.catalog.CatalogProjection;
import io.billingledger.view.invoice.InvoiceProjection;
import io.billingledger.view.invoice.InvoiceRows;
import io.billingledger.view.journal.Journal;
import io.billingledger.view.journal.JournalProjection;
import io.billingledger.view.subscription.SubscriptionProjection;
import io.billingledger.view.tenant.TenantProjection;
import jakarta.persistence.EntityManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The projections: plain classes with a processing group, one bean each. Axon finds beans with
 * event handlers by itself.
 */
@Configuration(proxyBeanMethods = false)
class ProjectionWiring {

  @Bean
  CatalogProjection catalogProjection(EntityManager rows) {
    return new CatalogProjection(rows);
  }

  @Bean
  TenantProjection tenantProjection(EntityManager rows) {
    return new TenantProjection(rows);
  }

  @Bean
  SubscriptionProjection subscriptionProjection(EntityManager rows) {
    return new SubscriptionProjection(rows);
  }

  @Bean
  InvoiceRows invoiceRows(EntityManager rows) {
    return new InvoiceRows(rows);
  }

  @Bean
  InvoiceProjection invoiceProjection(InvoiceRows invoices) {
    return new InvoiceProjection(invoices);
  }

  @Bean
  CreditMovements creditMovements(EntityManager rows) {
    return new CreditMovements(rows);
  }

  @Bean
  CreditProjection creditProjection(CreditMovements movements) {
    return new CreditProjection(movements);
  }

  @Bean
  Journal journal(EntityManager rows) {
    return new Journal(rows);
  }

  @Bean
  JournalProjection journalProjection(Journal journal) {
    return new JournalProjection(journal);
  }
}
