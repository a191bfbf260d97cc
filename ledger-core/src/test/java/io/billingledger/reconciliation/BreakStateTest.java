package io.billingledger.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.kernel.BreakId;
import io.billingledger.kernel.StateTable;
import io.billingledger.kernel.TenantId;
import io.billingledger.reconciliation.BreakCommand.AssignBreak;
import io.billingledger.reconciliation.BreakCommand.CloseBreak;
import io.billingledger.reconciliation.BreakCommand.ExplainBreak;
import io.billingledger.reconciliation.BreakCommand.FindBreak;
import io.billingledger.reconciliation.BreakCommand.ResolveBreak;
import io.billingledger.reconciliation.BreakEvent.BreakClosed;
import io.billingledger.reconciliation.BreakEvent.BreakFound;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakStateTest {
  private static final BreakId ID = BreakId.derive("one-open-cycle", "sub");
  private static final Instant AT = Instant.parse("2026-03-01T03:00:00Z");
  private static final TenantId TENANT = TenantId.derive("acme");
  private static final FindBreak FIND =
      new FindBreak(ID, "one-open-cycle", "sub", TENANT, "USD", new BigDecimal("1.00"), "2/1", AT);

  @Test
  void everyCommandInEveryState() throws IOException {
    BreakState found = after(BreakState.NONE, BreakState.NONE.decide(FIND));
    new StateTable<BreakState>("Break: state × command")
        .state("unknown", BreakState.NONE)
        .state("found", found)
        .state("closed", after(found, found.decide(new CloseBreak(ID, AT))))
        .command(FindBreak.class, state -> state.decide(FIND))
        .command(CloseBreak.class, state -> state.decide(new CloseBreak(ID, AT)))
        .command(AssignBreak.class, state -> state.decide(new AssignBreak(ID, "budi", "sari", AT)))
        .command(ExplainBreak.class, state -> state.decide(new ExplainBreak(ID, "x", "sari", AT)))
        .command(ResolveBreak.class, state -> state.decide(new ResolveBreak(ID, "x", "sari", AT)))
        .check(BreakCommand.class, Path.of("../docs/states-break.md"));
  }

  @Test
  void historyHasWhatWasBrokenAndWhenItWasGone() {
    List<BreakEvent> found = BreakState.NONE.decide(FIND);
    assertThat(found)
        .containsExactly(
            new BreakFound(
                ID, "one-open-cycle", "sub", TENANT, "USD", new BigDecimal("1.00"), "2/1", AT));
    assertThat(after(BreakState.NONE, found).decide(new CloseBreak(ID, AT.plusSeconds(60))))
        .containsExactly(new BreakClosed(ID, AT.plusSeconds(60)));
  }

  private static BreakState after(BreakState state, List<BreakEvent> events) {
    for (BreakEvent event : events) {
      state = state.evolve(event);
    }
    return state;
  }
}
