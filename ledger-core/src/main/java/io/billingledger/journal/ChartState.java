package io.billingledger.journal;

import io.billingledger.journal.ChartCommand.CloseAccount;
import io.billingledger.journal.ChartCommand.NameAccount;
import io.billingledger.journal.ChartEvent.AccountClosed;
import io.billingledger.journal.ChartEvent.AccountNamed;
import io.billingledger.journal.ChartRejection.AccountOfRules;
import io.billingledger.journal.ChartRejection.AccountUnknown;
import io.billingledger.journal.ChartRejection.NumberTaken;
import io.billingledger.kernel.Rejected;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was named of a chart; each account once, the last time.
 *
 * @param closed accounts to which nothing more is posted by hand; they keep their names
 */
public record ChartState(Map<String, AccountNamed> named, Set<String> closed) {
  public static final ChartState NONE = new ChartState(Map.of(), Set.of());

  /** Those that no posting rule has a say in. */
  private static final Set<Account> OF_FINANCE =
      EnumSet.of(
          Account.OTHER_ASSET,
          Account.OTHER_LIABILITY,
          Account.EQUITY,
          Account.OTHER_INCOME,
          Account.OTHER_EXPENSE);

  public ChartState {
    named = Map.copyOf(named);
    closed = Set.copyOf(closed);
  }

  public boolean isClosed(Account account, String detail) {
    return closed.contains(key(account, detail));
  }

  /** A number is one account's at a time; the same name again changes nothing. */
  List<ChartEvent> decide(NameAccount c) {
    AccountNamed before = named.get(key(c.account(), c.detail()));
    if (before != null
        && !isClosed(c.account(), c.detail())
        && before.number().equals(c.number())
        && before.name().equals(c.name())) {
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

  /** What is closed stays so. */
  List<ChartEvent> decide(CloseAccount c) {
    if (!OF_FINANCE.contains(c.account())) {
      throw new Rejected(new AccountOfRules(c.account()));
    }
    if (isClosed(c.account(), c.detail())) {
      return List.of();
    }
    AccountNamed account = named.get(key(c.account(), c.detail()));
    if (account == null) {
      throw new Rejected(new AccountUnknown(c.account(), c.detail()));
    }
    return List.of(
        new AccountClosed(
            c.chartId(),
            account.legalEntityId(),
            c.account(),
            c.detail(),
            account.number(),
            account.name(),
            c.by(),
            c.at()));
  }

  public ChartState evolve(ChartEvent event) {
    Map<String, AccountNamed> after = new HashMap<>(named);
    Set<String> ended = new HashSet<>(closed);
    switch (event) {
      case AccountNamed e -> {
        after.put(key(e.account(), e.detail()), e);
        ended.remove(key(e.account(), e.detail()));
      }
      case AccountClosed e -> ended.add(key(e.account(), e.detail()));
    }
    return new ChartState(after, ended);
  }

  private static String key(Account account, String detail) {
    return account + "/" + detail;
  }
}
