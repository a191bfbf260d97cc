package io.billingledger.journal;

import io.billingledger.kernel.ChartId;
import io.billingledger.kernel.EventType;
import io.billingledger.kernel.LedgerEvent;
import java.time.Instant;

/** What happened to a chart of accounts. */
public sealed interface ChartEvent extends LedgerEvent {
  ChartId chartId();

  String legalEntityId();

  Account account();

  String detail();

  String number();

  String name();

  String by();

  Instant at();

  @EventType(name = "chart.account-named")
  record AccountNamed(
      ChartId chartId,
      String legalEntityId,
      Account account,
      String detail,
      String number,
      String name,
      String by,
      Instant at)
      implements ChartEvent {}

  /**
   * @param number what it had when it was closed, and keeps
   * @param name what it had when it was closed, and keeps
   */
  @EventType(name = "chart.account-closed")
  record AccountClosed(
      ChartId chartId,
      String legalEntityId,
      Account account,
      String detail,
      String number,
      String name,
      String by,
      Instant at)
      implements ChartEvent {}
}
