package io.billingledger.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.credit.CreditCommand.DrawCredit;
import io.billingledger.credit.CreditCommand.ExpireCredit;
import io.billingledger.credit.CreditCommand.GiveCredit;
import io.billingledger.credit.CreditCommand.GrantCredit;
import io.billingledger.credit.CreditCommand.ReturnCredit;
import io.billingledger.credit.CreditCommand.TakeBackCredit;
import io.billingledger.credit.CreditEvent.CreditDrawn;
import io.billingledger.credit.CreditEvent.CreditExpired;
import io.billingledger.credit.CreditEvent.Draw;
import io.billingledger.kernel.CreditId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class CreditStateTest {
  private static final TenantId TENANT = TenantId.derive("credit");
  private static final CreditId CREDIT = CreditId.of(TENANT);
  private static final Instant DAY_0 = Instant.parse("2026-01-01T00:00:00Z");

  private CreditState state = CreditState.NONE;

  @Test
  void whatExpiresFirstIsUsedFirstAndThenTheOldest() {
    given(paid("old", "10.00"), given("late", "10.00", day(20)), given("soon", "10.00", day(10)));
    given(paid("new", "10.00"));
    assertThat(draw("one", "35.00", day(1)))
        .containsExactly(
            draw("soon", "10.00"),
            draw("late", "10.00"),
            draw("old", "10.00"),
            draw("new", "5.00"));
    assertThat(available(day(1))).isEqualTo(usd("5.00"));
  }

  @Test
  void fromItsEndOnNothingIsDrawn() {
    given(given("soon", "10.00", day(10)), paid("old", "3.00"));
    assertThat(draw("one", "35.00", day(10))).containsExactly(draw("old", "3.00"));
    assertThat(available(day(10))).isEqualTo(usd("0.00"));
  }

  @Test
  void whatIsLeftAtTheEndExpiresOnce() {
    given(given("soon", "10.00", day(10)), given("late", "7.00", day(20)));
    draw("one", "4.00", day(1));
    assertThat(state.decide(new ExpireCredit(CREDIT, day(9)))).isEmpty();
    List<CreditEvent> ended = state.decide(new ExpireCredit(CREDIT, day(10)));
    assertThat(ended)
        .containsExactly(new CreditExpired(CREDIT, TENANT, "soon", usd("6.00"), day(10), day(10)));
    given(ended);
    assertThat(state.decide(new ExpireCredit(CREDIT, day(11)))).isEmpty();
    assertThat(state.nextExpiry()).contains(day(20));
  }

  @Test
  void whatComesBackAfterItsEndExpiresThen() {
    given(given("soon", "10.00", day(10)));
    draw("one", "10.00", day(1));
    assertThat(state.nextExpiry()).isEmpty();
    given(state.decide(new ReturnCredit(CREDIT, InvoiceId.derive("one"), day(12))));
    assertThat(state.decide(new ExpireCredit(CREDIT, day(12))))
        .containsExactly(new CreditExpired(CREDIT, TENANT, "soon", usd("10.00"), day(10), day(12)));
  }

  @Test
  void aGrantIsTakenBackWholeOrNotAtAll() {
    given(paid("note", "10.00"));
    draw("one", "4.00", day(1));
    var back = new TakeBackCredit(CREDIT, "note", InvoiceId.derive("noted"), usd("10.00"), day(2));
    assertThatThrownBy(() -> state.decide(back))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> assertThat(rejected.rejection().code()).isEqualTo("credit.spent"));
    given(state.decide(new ReturnCredit(CREDIT, InvoiceId.derive("one"), day(3))));
    given(state.decide(back));
    assertThat(available(day(4))).isEqualTo(usd("0.00"));
  }

  @Test
  void nothingAndWhatIsOverIsNotGiven() {
    assertThatThrownBy(() -> given("none", "0.00", null))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected ->
                assertThat(rejected.rejection().code()).isEqualTo("credit.amount-not-positive"));
    assertThatThrownBy(() -> given("over", "1.00", DAY_0))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected ->
                assertThat(rejected.rejection().code()).isEqualTo("credit.expires-in-past"));
  }

  private List<CreditEvent> paid(String key, String amount) {
    return state.decide(
        new GrantCredit(CREDIT, TENANT, key, InvoiceId.derive(key), usd(amount), DAY_0));
  }

  private List<CreditEvent> given(String key, String amount, Instant expiresAt) {
    return state.decide(
        new GiveCredit(CREDIT, TENANT, key, usd(amount), "goodwill", expiresAt, DAY_0));
  }

  private List<Draw> draw(String invoice, String upTo, Instant at) {
    List<CreditEvent> events =
        state.decide(new DrawCredit(CREDIT, InvoiceId.derive(invoice), usd(upTo), at));
    given(events);
    return ((CreditDrawn) events.getFirst()).draws();
  }

  private static Draw draw(String key, String amount) {
    return new Draw(key, usd(amount));
  }

  @SafeVarargs
  private void given(List<CreditEvent>... decided) {
    for (List<CreditEvent> events : decided) {
      for (CreditEvent event : events) {
        state = state.evolve(event);
      }
    }
  }

  private Money available(Instant at) {
    return state.available(CurrencyUnit.USD, at);
  }

  private static Instant day(int day) {
    return DAY_0.plus(Duration.ofDays(day));
  }

  private static Money usd(String amount) {
    return Money.parse("USD " + amount);
  }
}
