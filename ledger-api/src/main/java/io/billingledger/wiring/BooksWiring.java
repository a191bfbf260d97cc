package io.billingledger.wiring;

import io.billingledger.books.RevenueRecognition;
import io.billingledger.kernel.Commands;
import io.billingledger.tenant.LegalEntity;
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

/** What keeps the books: revenue. */
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
        commands,
        units,
        views,
        history,
        clock,
        driven ? Duration.ZERO : pause);
  }
}
