package io.billingledger.journal;

import io.billingledger.journal.ManualEntryCommand.ApproveEntry;
import io.billingledger.journal.ManualEntryCommand.ProposeEntry;
import io.billingledger.journal.ManualEntryCommand.ProposeReversal;
import io.billingledger.journal.ManualEntryCommand.RejectEntry;
import io.billingledger.journal.ManualEntryEvent.EntryApproved;
import io.billingledger.journal.ManualEntryEvent.EntryProposed;
import io.billingledger.journal.ManualEntryEvent.EntryRejected;
import io.billingledger.journal.ManualEntryRejection.AccountIsClosed;
import io.billingledger.journal.ManualEntryRejection.ControlAccount;
import io.billingledger.journal.ManualEntryRejection.DetailMissing;
import io.billingledger.journal.ManualEntryRejection.DetailUnwanted;
import io.billingledger.journal.ManualEntryRejection.EntryDecided;
import io.billingledger.journal.ManualEntryRejection.EntryLineEmpty;
import io.billingledger.journal.ManualEntryRejection.EntryNotPosted;
import io.billingledger.journal.ManualEntryRejection.EntrySamePerson;
import io.billingledger.journal.ManualEntryRejection.EntryUnbalanced;
import io.billingledger.journal.ManualEntryRejection.EntryUnknown;
import io.billingledger.kernel.ManualEntryId;
import io.billingledger.kernel.Rejected;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.joda.money.Money;

/**
 * An entry that a person makes, and another one approves.
 *
 * @param proposed null before it is
 */
public record ManualEntryState(EntryProposed proposed, Standing standing) {
  public static final ManualEntryState NONE = new ManualEntryState(null, Standing.PROPOSED);

  /** Their balances are those of invoices, credit and schedules, which they must stay equal to. */
  private static final Set<Account> CONTROL =
      EnumSet.of(Account.RECEIVABLE, Account.CUSTOMER_CREDIT, Account.DEFERRED_REVENUE);

  private static final Set<Account> DETAILED =
      EnumSet.of(
          Account.CASH,
          Account.CLEARING,
          Account.TAX_PAYABLE,
          Account.REVENUE,
          Account.OTHER_ASSET,
          Account.OTHER_LIABILITY,
          Account.EQUITY,
          Account.OTHER_INCOME,
          Account.OTHER_EXPENSE);

  /** How far it is. */
  public enum Standing {
    PROPOSED,
    POSTED,
    REJECTED
  }

  List<ManualEntryEvent> decide(ProposeEntry c, ChartState chart) {
    refuseIf(proposed != null, new EntryDecided(c.entryId()));
    Map<String, Money> sums = new TreeMap<>();
    for (int i = 0; i < c.lines().size(); i++) {
      ManualLine line = c.lines().get(i);
      refuseIf(line.amount().isZero(), new EntryLineEmpty(i + 1));
      refuseIf(CONTROL.contains(line.account()), new ControlAccount(i + 1, line.account()));
      boolean detailed = DETAILED.contains(line.account());
      refuseIf(detailed && line.detail().isEmpty(), new DetailMissing(i + 1, line.account()));
      refuseIf(!detailed && !line.detail().isEmpty(), new DetailUnwanted(i + 1, line.account()));
      refuseIf(
          chart.isClosed(line.account(), line.detail()),
          new AccountIsClosed(i + 1, line.account(), line.detail()));
      sums.merge(line.amount().getCurrencyUnit().getCode(), line.amount(), Money::plus);
    }
    sums.values().stream()
        .filter(sum -> !sum.isZero())
        .findFirst()
        .ifPresent(
            sum -> {
              throw new Rejected(new EntryUnbalanced(sum.toString()));
            });
    return List.of(
        new EntryProposed(
            c.entryId(),
            c.legalEntityId(),
            c.date(),
            c.lines(),
            c.reason(),
            c.tenantId(),
            null,
            c.invoiceId(),
            c.by(),
            c.at()));
  }

  /**
   * @param original what is to be taken back
   */
  List<ManualEntryEvent> decide(ProposeReversal c, ManualEntryState original) {
    refuseIf(proposed != null, new EntryDecided(c.entryId()));
    refuseIf(original.proposed == null, new EntryUnknown(c.reverses()));
    refuseIf(original.standing != Standing.POSTED, new EntryNotPosted(c.reverses()));
    return List.of(
        new EntryProposed(
            c.entryId(),
            original.proposed.legalEntityId(),
            c.date(),
            original.proposed.lines().stream().map(ManualLine::negated).toList(),
            c.reason(),
            original.proposed.tenantId(),
            c.reverses(),
            original.proposed.invoiceId(),
            c.by(),
            c.at()));
  }

  List<ManualEntryEvent> decide(ApproveEntry c) {
    open(c.entryId());
    refuseIf(proposed.by().equals(c.by()), new EntrySamePerson(c.by()));
    LocalDate day = c.days().openDay(proposed.date());
    return List.of(
        new EntryApproved(
            c.entryId(),
            proposed.legalEntityId(),
            day,
            day.equals(proposed.date()) ? null : proposed.date(),
            proposed.lines(),
            proposed.invoiceId(),
            c.by(),
            c.at()));
  }

  List<ManualEntryEvent> decide(RejectEntry c) {
    open(c.entryId());
    return List.of(new EntryRejected(c.entryId(), c.reason(), c.by(), c.at()));
  }

  public ManualEntryState evolve(ManualEntryEvent event) {
    return switch (event) {
      case EntryProposed e -> new ManualEntryState(e, Standing.PROPOSED);
      case EntryApproved _ -> new ManualEntryState(proposed, Standing.POSTED);
      case EntryRejected _ -> new ManualEntryState(proposed, Standing.REJECTED);
    };
  }

  private void open(ManualEntryId id) {
    refuseIf(proposed == null, new EntryUnknown(id));
    refuseIf(standing != Standing.PROPOSED, new EntryDecided(id));
  }

  private static void refuseIf(boolean broken, ManualEntryRejection why) {
    if (broken) {
      throw new Rejected(why);
    }
  }
}
