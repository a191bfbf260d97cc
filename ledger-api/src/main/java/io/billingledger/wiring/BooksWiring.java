package io.billingledger.wiring;

import io.billingledger.books.MonthEnd;
import io.billingledger.books.RevenueRecognition;
import io.billingledger.journal.AccountingCalendars;
import io.billingledger.kernel.Commands;
import io.billingledger.run.ClosedMonths;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.view.journal.ChartProjection;
import io.billingledger.view.journal.Journal;
import io.billingledger.view.journal.JournalReader;
import io.billingledger.view.journal.ManualEntryProjection;
import io.billingledger.view.reconciliation.BreakReviewProjection;
import io.billingledger.view.report.ReportRows;
import io.billingledger.view.revenue.RevenueProjection;
import io.billingledger.view.revenue.RevenueRows;
import io.billingledger.view.revenue.Waterfall;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What keeps the books: revenue, months, entries that people make. */
@Configuration(proxyBeanMethods = false)
class BooksWiring {

  @Bean
  RevenueRows revenueRows(EntityManager rows) {
    return new RevenueRows(rows);
  }

  @Bean
  Waterfall waterfall(EntityManager rows) {
    return new Waterfall(rows);
  }

  @Bean
  RevenueProjection revenueProjection(RevenueRows rows, LegalEntity legalEntity) {
    return new RevenueProjection(rows, legalEntity);
  }

  /** A movable clock drives it, and then nothing else. */
  @Bean
  RevenueRecognition revenueRecognition(
      JdbcTemplate database,
      RevenueRows rows,
      LegalEntity legalEntity,
      AccountingCalendars calendars,
      Commands commands,
      UnitsOfWork units,
      Positions views,
      Quiet history,
      Clock clock,
      @Value("${ledger.revenue.every}") Duration pause,
      @Value("${" + TestClockWiring.ENABLED + ":false}") boolean driven) {
    return new RevenueRecognition(
        database,
        rows,
        legalEntity,
        calendars,
        commands,
        units,
        views,
        history,
        clock,
        driven ? Duration.ZERO : pause);
  }

  @Bean
  JournalReader journalReader(EntityManager rows) {
    return new JournalReader(rows);
  }

  @Bean
  BreakReviewProjection breakReviewProjection(EntityManager rows) {
    return new BreakReviewProjection(rows);
  }

  @Bean
  ChartProjection chartProjection(EntityManager rows, LegalEntity legalEntity) {
    return new ChartProjection(rows, legalEntity);
  }

  @Bean
  ReportRows reportRows(EntityManager rows) {
    return new ReportRows(rows);
  }

  @Bean
  ManualEntryProjection manualEntryProjection(EntityManager rows) {
    return new ManualEntryProjection(rows);
  }

  @Bean
  ClosedMonths closedMonths(
      AccountingCalendars calendars, JournalReader reader, LegalEntity legalEntity) {
    return new ClosedMonths(calendars, reader, legalEntity);
  }

  @Bean
  MonthEnd monthEnd(
      LegalEntity legalEntity,
      Journal journal,
      JournalReader reader,
      RevenueRecognition revenue,
      Positions views,
      Quiet history,
      @Value("${ledger.books.close-after}") Duration closeAfter) {
    return new MonthEnd(legalEntity, journal, reader, revenue, views, history, closeAfter);
  }
}
