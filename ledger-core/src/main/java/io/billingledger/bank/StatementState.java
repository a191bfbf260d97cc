package io.billingledger.bank;

import io.billingledger.bank.BankCommand.IgnoreEntry;
import io.billingledger.bank.BankCommand.ImportStatement;
import io.billingledger.bank.BankCommand.MatchEntry;
import io.billingledger.bank.BankCommand.UnmatchEntry;
import io.billingledger.bank.BankCommand.Wanted;
import io.billingledger.bank.BankEvent.EntryIgnored;
import io.billingledger.bank.BankEvent.EntryMatched;
import io.billingledger.bank.BankEvent.EntryReopened;
import io.billingledger.bank.BankEvent.StatementEvent;
import io.billingledger.bank.BankEvent.StatementImported;
import io.billingledger.bank.BankRejection.EntryIgnoredAlready;
import io.billingledger.bank.BankRejection.EntryIsNoReceipt;
import io.billingledger.bank.BankRejection.EntryMatchedAlready;
import io.billingledger.bank.BankRejection.EntryUnknown;
import io.billingledger.bank.BankRejection.InvoiceTwice;
import io.billingledger.bank.BankRejection.MatchAmountNotPositive;
import io.billingledger.bank.BankRejection.MatchCurrencyDiffers;
import io.billingledger.bank.BankRejection.MatchTooLarge;
import io.billingledger.bank.BankRejection.NothingToUndo;
import io.billingledger.bank.BankRejection.PaymentStands;
import io.billingledger.bank.BankRejection.SameFile;
import io.billingledger.bank.BankRejection.StatementDiffers;
import io.billingledger.bank.BankRejection.StatementUnknown;
import io.billingledger.kernel.BankEntryId;
import io.billingledger.kernel.BankStatementId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joda.money.Money;

/** A statement as its history tells it, and the decisions about its entries. */
public sealed interface StatementState {
  StatementState NONE = new None();

  record None() implements StatementState {}

  /**
   * @param standings what was said of the entries, of those of which anything was
   */
  record Imported(StatementImported statement, Map<BankEntryId, Standing> standings)
      implements StatementState {
    public Imported {
      standings = Map.copyOf(standings);
    }

    public Standing standing(BankEntry entry) {
      return standings.getOrDefault(entry.id(), Standing.OPEN);
    }

    public BankEntry entry(BankEntryId id) {
      return statement.entries().stream()
          .filter(entry -> entry.id().equals(id))
          .findFirst()
          .orElseThrow(() -> new Rejected(new EntryUnknown(id)));
    }

    /** What nobody has said anything of yet; zero of an ignored entry. */
    public Money open(BankEntry entry) {
      Standing standing = standing(entry);
      return standing.ignored() == null
          ? standing.matched().stream().map(Allocation::amount).reduce(entry.amount(), Money::minus)
          : Money.zero(entry.amount().getCurrencyUnit());
    }

    private Imported with(BankEntryId entry, Standing standing) {
      Map<BankEntryId, Standing> all = new HashMap<>(standings);
      all.put(entry, standing);
      return new Imported(statement, all);
    }
  }

  /**
   * @param ignored why; null unless it is ignored
   */
  record Standing(List<Allocation> matched, String ignored) {
    static final Standing OPEN = new Standing(List.of(), null);

    public Standing {
      matched = List.copyOf(matched);
    }
  }

  /**
   * @param holder the statement that this place of this file was first imported as
   */
  default List<StatementEvent> decide(ImportStatement c, BankStatementId holder) {
    refuseIf(!holder.equals(c.statementId()), new SameFile(holder));
    Statement s = c.statement();
    if (this instanceof Imported(StatementImported before, _)) {
      same(s, "the first day", before.from(), s.from());
      same(s, "the last day", before.to(), s.to());
      same(s, "the opening balance", before.opening(), s.opening());
      same(s, "the closing balance", before.closing(), s.closing());
      same(s, "the number of entries", before.entries().size(), s.entries().size());
      for (int i = 0; i < s.entries().size(); i++) {
        same(s, "entry " + (i + 1), before.entries().get(i), s.entries().get(i));
      }
      return List.of();
    }
    return List.of(
        new StatementImported(
            c.statementId(),
            s.accountId(),
            s.accountNumber(),
            s.number(),
            s.from(),
            s.to(),
            s.opening(),
            s.closing(),
            s.entries(),
            c.format(),
            c.fileSha256(),
            c.at()));
  }

  default List<StatementEvent> decide(MatchEntry c) {
    Imported statement = imported(c.statementId());
    BankEntry entry = statement.entry(c.entryId());
    Standing standing = statement.standing(entry);
    refuseIf(standing.ignored() != null, new EntryIgnoredAlready(c.entryId()));
    refuseIf(!entry.amount().isPositive(), new EntryIsNoReceipt(c.entryId()));
    Money open = statement.open(entry);
    refuseIf(open.isZero(), new EntryMatchedAlready(c.entryId()));
    Set<InvoiceId> paid = new HashSet<>();
    standing.matched().forEach(part -> paid.add(part.invoiceId()));
    Money wanted = Money.zero(open.getCurrencyUnit());
    List<Allocation> parts = new ArrayList<>();
    for (Wanted part : c.invoices()) {
      refuseIf(
          !part.amount().isSameCurrency(open),
          new MatchCurrencyDiffers(
              open.getCurrencyUnit().getCode(), part.amount().getCurrencyUnit().getCode()));
      refuseIf(!part.amount().isPositive(), new MatchAmountNotPositive(part.amount().toString()));
      refuseIf(!paid.add(part.invoiceId()), new InvoiceTwice(part.invoiceId()));
      wanted = wanted.plus(part.amount());
      boolean before = part.paymentId() != null;
      parts.add(
          new Allocation(
              part.invoiceId(),
              before ? part.paymentId() : PaymentId.derive(c.entryId(), part.invoiceId()),
              part.amount(),
              before));
    }
    refuseIf(wanted.isGreaterThan(open), new MatchTooLarge(open, wanted));
    return List.of(
        new EntryMatched(c.statementId(), c.entryId(), parts, c.reason(), c.by(), c.at()));
  }

  default List<StatementEvent> decide(IgnoreEntry c) {
    Imported statement = imported(c.statementId());
    Standing standing = statement.standing(statement.entry(c.entryId()));
    refuseIf(standing.ignored() != null, new EntryIgnoredAlready(c.entryId()));
    refuseIf(!standing.matched().isEmpty(), new EntryMatchedAlready(c.entryId()));
    return List.of(new EntryIgnored(c.statementId(), c.entryId(), c.reason(), c.by(), c.at()));
  }

  default List<StatementEvent> decide(UnmatchEntry c) {
    Imported statement = imported(c.statementId());
    Standing standing = statement.standing(statement.entry(c.entryId()));
    refuseIf(standing.equals(Standing.OPEN), new NothingToUndo(c.entryId()));
    refuseIf(
        standing.matched().stream().anyMatch(part -> !part.recordedBefore()),
        new PaymentStands(c.entryId()));
    return List.of(new EntryReopened(c.statementId(), c.entryId(), c.reason(), c.by(), c.at()));
  }

  default StatementState evolve(StatementEvent event) {
    return switch (event) {
      case StatementImported e -> new Imported(e, Map.of());
      case EntryMatched e -> {
        Imported statement = imported(e.statementId());
        List<Allocation> all =
            new ArrayList<>(statement.standing(statement.entry(e.entryId())).matched());
        all.addAll(e.invoices());
        yield statement.with(e.entryId(), new Standing(all, null));
      }
      case EntryIgnored e ->
          imported(e.statementId()).with(e.entryId(), new Standing(List.of(), e.reason()));
      case EntryReopened e -> imported(e.statementId()).with(e.entryId(), Standing.OPEN);
    };
  }

  private Imported imported(BankStatementId id) {
    if (this instanceof Imported statement) {
      return statement;
    }
    throw new Rejected(new StatementUnknown(id));
  }

  private static void same(Statement statement, String field, Object before, Object now) {
    refuseIf(
        !before.equals(now),
        new StatementDiffers(statement.number(), field, shown(before), shown(now)));
  }

  private static String shown(Object value) {
    return value instanceof BankEntry entry
        ? "%s on %s".formatted(entry.amount(), entry.bookedOn())
        : value.toString();
  }

  private static void refuseIf(boolean refused, Rejection why) {
    if (refused) {
      throw new Rejected(why);
    }
  }
}
