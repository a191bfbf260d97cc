package io.billingledger.wiring;

import io.billingledger.bank.InvoiceNumbers;
import io.billingledger.bank.Matching;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.view.bank.BankProjection;
import io.billingledger.view.bank.BankRows;
import io.billingledger.view.bank.CashReconciliation;
import jakarta.persistence.EntityManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The views of bank statements, and how entries find their invoices. */
@Configuration(proxyBeanMethods = false)
class BankWiring {

  @Bean
  BankRows bankRows(EntityManager rows) {
    return new BankRows(rows);
  }

  @Bean
  BankProjection bankProjection(BankRows rows) {
    return new BankProjection(rows);
  }

  @Bean
  CashReconciliation cashReconciliation(EntityManager rows) {
    return new CashReconciliation(rows);
  }

  @Bean
  InvoiceNumbers invoiceNumbers(LegalEntity legalEntity) {
    return new InvoiceNumbers(legalEntity.code());
  }

  @Bean
  Matching matching(InvoiceNumbers numbers) {
    return new Matching(numbers);
  }
}
