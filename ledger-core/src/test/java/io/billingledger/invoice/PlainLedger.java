package io.billingledger.invoice;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.TreeMap;

/** The sums of accounts, in all and by month; what is zero is left out. */
final class PlainLedger {
  private final Map<String, BigDecimal> accounts = new TreeMap<>();
  private final Map<YearMonth, Map<String, BigDecimal>> months = new TreeMap<>();

  /**
   * @param amount a debit is positive
   */
  void post(LocalDate day, String account, BigDecimal amount) {
    if (amount.signum() != 0) {
      add(accounts, account, amount);
      add(months.computeIfAbsent(YearMonth.from(day), _ -> new TreeMap<>()), account, amount);
      months.values().removeIf(Map::isEmpty);
    }
  }

  private static void add(Map<String, BigDecimal> sums, String account, BigDecimal amount) {
    sums.merge(
        account,
        amount,
        (before, more) -> {
          BigDecimal sum = before.add(more);
          return sum.signum() == 0 ? null : sum;
        });
  }

  Map<String, BigDecimal> accounts() {
    return accounts;
  }

  Map<YearMonth, Map<String, BigDecimal>> months() {
    return months;
  }

  BigDecimal of(String account) {
    return accounts.getOrDefault(account, BigDecimal.ZERO);
  }

  BigDecimal sum() {
    return accounts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
