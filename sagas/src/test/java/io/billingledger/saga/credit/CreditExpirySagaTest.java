package io.billingledger.saga.credit;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.credit.CreditCommand.ExpireCredit;
import io.billingledger.credit.CreditEvent.CreditGiven;
import io.billingledger.credit.CreditEvent.CreditReturned;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Commands;
import io.billingledger.kernel.CreditId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.test.saga.SagaTestFixture;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class CreditExpirySagaTest {
  private static final TenantId TENANT = TenantId.derive("credit");
  private static final CreditId CREDIT = CreditId.of(TENANT);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofDays(10));

  private final SagaTestFixture<CreditExpirySaga> saga =
      new SagaTestFixture<>(CreditExpirySaga.class);
  private final List<Object> sent = new ArrayList<>();
  private Optional<Instant> next = Optional.of(END);

  CreditExpirySagaTest() {
    saga.registerResource(
        new Commands() {
          @Override
          @SuppressWarnings("unchecked")
          public <R> R send(Object command, Actor actor) {
            assertThat(actor).isEqualTo(CreditExpirySaga.ACTOR);
            sent.add(command);
            return (R) next;
          }
        });
    saga.registerResource(Clock.fixed(NOW, ZoneOffset.UTC));
    saga.givenCurrentTime(NOW);
  }

  @Test
  void wakesWhenTheNextOfItExpires() {
    saga.givenNoPriorActivity()
        .whenPublishingA(given(END))
        .expectActiveSagas(1)
        .expectScheduledDeadlineWithName(Duration.ofDays(10), CreditExpirySaga.DEADLINE);
  }

  @Test
  void endsWithTheLastThatCanExpire() {
    saga.givenAPublished(given(END));
    sent.clear();
    next = Optional.empty();
    saga.whenTimeElapses(Duration.ofDays(10)).expectActiveSagas(0);
    assertThat(sent).containsExactly(new ExpireCredit(CREDIT, NOW));
  }

  @Test
  void creditThatNeverExpiresNeedsNobody() {
    next = Optional.empty();
    saga.givenNoPriorActivity().whenPublishingA(given(null)).expectActiveSagas(0);
  }

  @Test
  void whatComesBackIsLookedAtAtOnce() {
    next = Optional.empty();
    saga.givenNoPriorActivity()
        .whenPublishingA(
            new CreditReturned(CREDIT, InvoiceId.derive("one"), Money.parse("USD 10.00"), NOW))
        .expectActiveSagas(0);
    assertThat(sent).containsExactly(new ExpireCredit(CREDIT, NOW));
  }

  private static CreditGiven given(Instant expiresAt) {
    return new CreditGiven(
        CREDIT, TENANT, "grt", Money.parse("USD 10.00"), "goodwill", expiresAt, NOW);
  }
}
