package io.billingledger.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.billingledger.journal.ChartCommand.CloseAccount;
import io.billingledger.journal.ChartCommand.NameAccount;
import io.billingledger.kernel.ChartId;
import io.billingledger.kernel.Rejected;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartStateTest {
  @Test
  void aNumberIsOneAccountsAtATime() {
    ChartState state = after(ChartState.NONE, ChartState.NONE.decide(name("rent", "6210", "Rent")));
    assertThat(state.decide(name("rent", "6210", "Rent"))).as("the same again").isEmpty();
    assertThatThrownBy(() -> state.decide(name("power", "6210", "Power")))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> assertThat(refused.rejection().code()).isEqualTo("chart.number-taken"));
    ChartState moved = after(state, state.decide(name("rent", "6300", "Rent")));
    assertThat(moved.decide(name("power", "6210", "Power"))).as("free again").hasSize(1);
    assertThat(moved.decide(name("rent", "6300", "Office rent"))).hasSize(1);
  }

  @Test
  void aClosedAccountIsClosedUntilItIsNamedAgain() {
    ChartState open = after(ChartState.NONE, ChartState.NONE.decide(name("rent", "6210", "Rent")));
    ChartState closed = after(open, open.decide(close(Account.OTHER_EXPENSE, "rent")));
    assertThat(open.isClosed(Account.OTHER_EXPENSE, "rent")).isFalse();
    assertThat(closed.isClosed(Account.OTHER_EXPENSE, "rent")).isTrue();
    assertThat(closed.decide(close(Account.OTHER_EXPENSE, "rent"))).as("closed already").isEmpty();
    assertThatThrownBy(() -> closed.decide(name("power", "6210", "Power")))
        .as("its number stays its own, for reports show its balance still")
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> assertThat(refused.rejection().code()).isEqualTo("chart.number-taken"));
    ChartState again = after(closed, closed.decide(name("rent", "6210", "Rent")));
    assertThat(again.isClosed(Account.OTHER_EXPENSE, "rent")).isFalse();
    assertThat(again).isEqualTo(open);
    assertThatThrownBy(() -> open.decide(close(Account.OTHER_EXPENSE, "power")))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> assertThat(refused.rejection().code()).isEqualTo("chart.account-unknown"));
    assertThatThrownBy(() -> open.decide(close(Account.CASH, "")))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> assertThat(refused.rejection().code()).isEqualTo("chart.account-of-rules"));
  }

  private static CloseAccount close(Account account, String detail) {
    return new CloseAccount(ChartId.of("default"), account, detail, "sari", Instant.EPOCH);
  }

  private static NameAccount name(String detail, String number, String name) {
    return new NameAccount(
        ChartId.of("default"),
        "default",
        Account.OTHER_EXPENSE,
        detail,
        number,
        name,
        "sari",
        Instant.EPOCH);
  }

  private static ChartState after(ChartState state, List<ChartEvent> events) {
    for (ChartEvent event : events) {
      state = state.evolve(event);
    }
    return state;
  }
}
