package io.billingledger.journal;

import io.billingledger.journal.ChartCommand.NameAccount;
import io.billingledger.journal.ChartEvent.AccountNamed;
import io.billingledger.journal.ChartRejection.NumberTaken;
import io.billingledger.kernel.Rejected;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was named of a chart; each account once, the last time. */
public record ChartState(Map<String, AccountNamed> named) {
  public static final ChartState NONE = new ChartState(Map.of());

  public ChartState {
    named = Map.copyOf(named);
  }

  /** A number is one account's at a time; the same name again changes nothing. */
  List<ChartEvent> decide(NameAccount c) {
    AccountNamed before = named.get(key(c.account(), c.detail()));
    if (before != null && before.number().equals(c.number()) && before.name().equals(c.name())) {
      return List.of();
    }
    named.values().stream()
        .filter(each -> each.number().equals(c.number()) && !each.equals(before))
        .findFirst()
        .ifPresent(
            other -> {
              throw new Rejected(new NumberTaken(c.number(), other.account(), other.detail()));
            });
    return List.of(
        new AccountNamed(
            c.chartId(),
            c.legalEntityId(),
            c.account(),
            c.detail(),
            c.number(),
            c.name(),
            c.by(),
            c.at()));
  }

  public ChartState evolve(ChartEvent event) {
    return switch (event) {
      case AccountNamed e -> {
        Map<String, AccountNamed> after = new HashMap<>(named);
        after.put(key(e.account(), e.detail()), e);
        yield new ChartState(after);
      }
    };
  }

  private static String key(Account account, String detail) {
    return account + "/" + detail;
  }
}
