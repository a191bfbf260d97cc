package io.billingledger.wiring;

import io.billingledger.api.invoice.ApprovalLimits;
import io.billingledger.consolidation.CollectedRequests;
import io.billingledger.kernel.Commands;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.view.account.CreditMovements;
import io.billingledger.view.account.CreditProjection;
import io.billingledger.view.invoice.CreditNoteProjection;
import io.billingledger.view.invoice.CreditNoteRows;
import io.billingledger.view.invoice.InvoiceProjection;
import io.billingledger.view.invoice.InvoiceRows;
import io.billingledger.view.journal.BooksRows;
import io.billingledger.view.journal.Journal;
import io.billingledger.view.journal.JournalProjection;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;

/** The views of invoices, credit and the journal, and what proofs need to be approved. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InvoiceWiring.ProofSettings.class)
class InvoiceWiring {

  /**
   * @param secondApprovalAbove by currency
   */
  @ConfigurationProperties("ledger.proofs")
  record ProofSettings(Map<String, BigDecimal> secondApprovalAbove) {
    ProofSettings {
      secondApprovalAbove = secondApprovalAbove == null ? Map.of() : secondApprovalAbove;
    }
  }

  @Bean
  ApprovalLimits approvalLimits(ProofSettings settings) {
    Map<CurrencyUnit, Money> limits = new HashMap<>();
    settings
        .secondApprovalAbove()
        .forEach(
            (code, amount) -> {
              CurrencyUnit currency = CurrencyUnit.of(code);
              limits.put(currency, Money.of(currency, amount));
            });
    return new ApprovalLimits(limits);
  }

  @Bean
  InvoiceRows invoiceRows(EntityManager rows) {
    return new InvoiceRows(rows);
  }

  /** A movable clock drives it, and then nothing else. */
  @Bean
  CollectedRequests collectedRequests(
      JdbcTemplate database,
      @Lazy Commands commands,
      @Lazy UnitsOfWork units,
      Clock clock,
      @Value("${ledger.invoices.consolidate-for}") Duration window,
      @Value("${ledger.invoices.consolidate-every}") Duration pause,
      @Value("${" + TestClockWiring.ENABLED + ":false}") boolean driven) {
    return new CollectedRequests(
        database, commands, units, clock, window, driven ? Duration.ZERO : pause);
  }

  @Bean
  CreditMovements creditMovements(EntityManager rows) {
    return new CreditMovements(rows);
  }

  @Bean
  Journal journal(EntityManager rows) {
    return new Journal(rows);
  }

  @Bean
  InvoiceProjection invoiceProjection(InvoiceRows invoices) {
    return new InvoiceProjection(invoices);
  }

  @Bean
  CreditNoteRows creditNoteRows(EntityManager rows) {
    return new CreditNoteRows(rows);
  }

  @Bean
  CreditNoteProjection creditNoteProjection(CreditNoteRows notes) {
    return new CreditNoteProjection(notes);
  }

  @Bean
  CreditProjection creditProjection(CreditMovements movements) {
    return new CreditProjection(movements);
  }

  @Bean
  BooksRows books(EntityManager rows, LegalEntity legalEntity, Journal journal) {
    return new BooksRows(rows, legalEntity, journal);
  }

  @Bean
  JournalProjection journalProjection(Journal journal, BooksRows books) {
    return new JournalProjection(journal, books);
  }
}
