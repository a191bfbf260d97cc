package io.billingledger.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.fault.Life.Plot;
import io.billingledger.saga.SagaGroups;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Every event that a saga or an outbox handles comes twice; what follows from it does not. */
@LedgerTest
@TestPropertySource(
    properties = {"ledger.test-clock.enabled=true", "ledger.test-clock.start=2026-01-31T02:00:00Z"})
class RedeliveryTest {
  private static final LocalDate START = LocalDate.parse("2026-01-31");
  private static final LocalDate AGAIN = START.plusDays(60);

  @LocalServerPort private int port;
  @Autowired private EventProcessingConfiguration processing;

  @Test
  void theOutcomeIsThatOfALifeInWhichEverythingCameOnce() {
    Life.Ledger ledger = request -> request.apply(ApiClient.owner(port));
    Life.publishCatalogue(ledger);
    Map<Plot, Life> once = lives(ledger, "once", START);
    Life.play(ledger, List.copyOf(once.values()));
    Map<Plot, List<String>> expected = new LinkedHashMap<>();
    once.forEach((plot, life) -> expected.put(plot, life.told()));

    SagaGroups.ALL.forEach(this::deliverTwice);
    Map<Plot, Life> twice = lives(ledger, "twice", AGAIN);
    Life.advance(ledger, Life.morning(AGAIN));
    Life.play(ledger, List.copyOf(twice.values()));

    twice.forEach(
        (plot, life) -> assertThat(life.told()).as(life.toString()).isEqualTo(expected.get(plot)));
  }

  private static Map<Plot, Life> lives(Life.Ledger ledger, String name, LocalDate start) {
    Map<Plot, Life> lives = new LinkedHashMap<>();
    for (Plot plot : Plot.values()) {
      lives.put(plot, new Life(ledger, name + "-" + plot, plot, start, true));
    }
    return lives;
  }

  private void deliverTwice(String group) {
    EventProcessor processor = processing.eventProcessor(group).orElseThrow();
    processor.registerHandlerInterceptor(
        (unitOfWork, chain) -> {
          chain.proceed();
          return chain.proceed();
        });
  }
}
