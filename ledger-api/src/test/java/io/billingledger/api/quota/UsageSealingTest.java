package io.billingledger.api.quota;

import static io.billingledger.api.quota.QuotaScene.limit;
import static io.billingledger.catalog.Enforcement.HARD_BLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.billingledger.LedgerTest;
import io.billingledger.api.ApiClient;
import io.billingledger.api.keys.ApiKeys;
import io.billingledger.api.security.Role;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.Scope;
import io.billingledger.kernel.UsageId;
import io.billingledger.kernel.UsageLogId;
import io.billingledger.metering.UsageSealer;
import io.billingledger.metering.UsageVerification;
import io.billingledger.usage.UsageEvent.Positions;
import io.billingledger.usage.UsageEvent.UsageBatchAccepted;
import io.billingledger.view.quota.QuotaProjection;
import io.billingledger.wiring.TestDatabase;
import io.billingledger.wiring.UnitsOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What comes one by one is sealed by history, whoever dies in between. */
@LedgerTest
class UsageSealingTest {
  private static final String ONE =
      """
      {"module": "orders", "metric": "orders", "quantity": "1"}""";

  @LocalServerPort private int port;
  @Autowired private QuotaProjection view;
  @Autowired private ApiKeys keys;
  @Autowired private JdbcClient client;
  @Autowired private JdbcTemplate database;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private Commands commands;
  @Autowired private UnitsOfWork units;
  @Autowired private Clock clock;
  @Autowired private EventStore events;
  @Autowired private UsageVerification verification;
  @Autowired private Environment settings;

  private QuotaScene scene;
  private ApiClient service;

  @BeforeEach
  void enter() {
    scene = new QuotaScene(view, keys, client, new TransactionTemplate(transactions));
    scene.running(limit("orders", "orders", "100", HARD_BLOCK));
    service = scene.client(port, Role.SERVICE);
  }

  @AfterEach
  void leave() {
    scene.leave();
  }

  @Test
  void everySingleRecordIsSealedOnce() {
    String id = consume();
    consume();
    service.post("/api/quota/consumptions/" + id + "/reverse", null).expect(200);
    sealer(commands).sealAll();
    sealer(commands).sealAll();
    assertThat(sealed()).isEqualTo(3);
    consume();
    sealer(commands).sealAll();
    assertThat(sealed()).isEqualTo(4);
    assertThat(seals()).allMatch(seal -> seal.positions() == Positions.SINGLES).allMatch(this::ok);
  }

  @Test
  void whoDiesBetweenTheCutOffAndTheSealIsFollowed() {
    consume();
    consume();
    Commands dying =
        new Commands() {
          @Override
          public <R> R send(Object command, Actor actor) {
            throw new IllegalStateException("killed");
          }
        };
    assertThatThrownBy(() -> sealer(dying).sealAll()).hasMessage("killed");
    assertThat(sealed()).isZero();
    consume();
    sealer(commands).sealAll();
    assertThat(sealed()).isEqualTo(3);
    assertThat(seals()).allMatch(this::ok);
  }

  @Test
  void itSealsByItself() {
    UsageSealer working = new UsageSealer(database, commands, units, clock, Duration.ofMillis(20));
    working.start();
    try {
      consume();
      await().atMost(Duration.ofSeconds(60)).until(() -> sealed() == 1);
    } finally {
      working.stop();
    }
    assertThat(seals()).allMatch(this::ok);
  }

  @Test
  void aTamperedRowIsFound() throws Exception {
    String first = consume();
    String second = consume();
    sealer(commands).sealAll();
    assertThat(tampered()).isEmpty();
    change("UPDATE usage_fact SET actor = 'nobody' WHERE id = '%s'".formatted(first));
    assertThat(seals()).noneMatch(this::ok);
    change("UPDATE usage_fact SET actor = 'erp-SERVICE' WHERE id = '%s'".formatted(first));
    assertThat(seals()).allMatch(this::ok);
    change("UPDATE usage_fact SET quantity = 2 WHERE id = '%s'".formatted(second));
    assertThat(tampered()).containsExactly(new UsageId(second));
    assertThat(seals()).noneMatch(this::ok);
    change("DELETE FROM usage_fact WHERE id = '%s'".formatted(second));
    assertThat(tampered()).containsExactly(new UsageId(second));
    change("DELETE FROM usage_key WHERE id = '%s'".formatted(second));
    assertThat(tampered()).isEmpty();
    assertThat(seals()).as("what is wholly gone is missed by its seal").noneMatch(this::ok);
  }

  private String consume() {
    return service.post("/api/quota/consumptions", ONE).expect(201).text("/id");
  }

  private UsageSealer sealer(Commands through) {
    return new UsageSealer(database, through, units, clock, Duration.ZERO);
  }

  private boolean ok(UsageBatchAccepted seal) {
    return scene.asTenant(() -> verification.intact(seal));
  }

  private List<UsageId> tampered() {
    return scene.asTenant(verification::tampered);
  }

  private int sealed() {
    return seals().stream().mapToInt(UsageBatchAccepted::records).sum();
  }

  private List<UsageBatchAccepted> seals() {
    return Scope.tenant(
        scene.tenant,
        () -> {
          List<UsageBatchAccepted> seals = new ArrayList<>();
          events
              .readEvents(UsageLogId.of(scene.tenant, clock.instant()).value())
              .forEachRemaining(
                  event -> {
                    if (event.getPayload() instanceof UsageBatchAccepted seal) {
                      seals.add(seal);
                    }
                  });
          return seals;
        });
  }

  /** As somebody who owns the tables might. */
  private void change(String sql) throws SQLException {
    try (Connection owner = TestDatabase.asOwner(settings.getProperty("spring.datasource.url"));
        Statement statement = owner.createStatement()) {
      for (String table : List.of("usage_fact", "usage_key")) {
        statement.execute("ALTER TABLE " + table + " DISABLE TRIGGER history_is_final");
      }
      assertThat(statement.executeUpdate(sql)).isOne();
      for (String table : List.of("usage_fact", "usage_key")) {
        statement.execute("ALTER TABLE " + table + " ENABLE TRIGGER history_is_final");
      }
    }
  }
}
