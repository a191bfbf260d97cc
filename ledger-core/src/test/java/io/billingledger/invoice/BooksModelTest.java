package io.billingledger.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.credit.CreditBook;
import io.billingledger.credit.CreditEvent;
import io.billingledger.invoice.InvoiceCommand.IssueCreditNote;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceCommand.RecordPayment;
import io.billingledger.invoice.InvoiceCommand.ReverseCreditNote;
import io.billingledger.invoice.InvoiceCommand.VoidInvoice;
import io.billingledger.invoice.InvoiceCommand.WriteOffInvoice;
import io.billingledger.invoice.InvoiceEvent.CreditNoteIssued;
import io.billingledger.invoice.InvoiceEvent.CreditNoteReversed;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceEvent.InvoiceVoided;
import io.billingledger.invoice.InvoiceEvent.PaymentRecorded;
import io.billingledger.invoice.InvoiceState.Issued;
import io.billingledger.invoice.MoneyModel.Kind;
import io.billingledger.journal.Account;
import io.billingledger.journal.Cause;
import io.billingledger.journal.MemoryBooks;
import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.subscription.Prices;
import io.billingledger.time.BillingInterval.RollingDays;
import io.billingledger.time.BillingPeriod;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/**
 * Random commands to invoices and credit, and the journal that follows, held after each against a
 * plain model of the same money: what is due, what is had as credit, what each account says, and
 * whether the command is acceptable at all.
 */
class BooksModelTest {
  private static final CurrencyUnit IDR = CurrencyUnit.of("IDR");
  private static final int COMMANDS_EACH = 40;
  private static final int REMEMBERED = 12;

  private Random random;
  private MoneyModel model;
  private MemoryBooks books;
  private CreditBook credit;
  private Map<Account, Money> accounts;
  private List<InvoiceId> invoices;
  private Map<InvoiceId, InvoiceState> states;
  private Map<InvoiceId, List<CreditNoteId>> notes;
  private final Deque<String> last = new ArrayDeque<>();
  private Instant now;
  private int names;
  private int accepted;

  @Test
  void theBooksAreThoseOfAPlainModel() {
    long seed = Long.getLong("seed", System.nanoTime());
    int cases = Integer.getInteger("cases", 20_000);
    System.out.println("BooksModelTest seed " + seed);
    random = new Random(seed);
    for (int done = 0; done < cases; done += COMMANDS_EACH) {
      begin();
      for (int i = 0; i < COMMANDS_EACH; i++) {
        try {
          step();
          compare();
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError(
              "seed %d, case %d, the last commands were:%n%s"
                  .formatted(seed, done + i, String.join(System.lineSeparator(), last)),
              e);
        }
      }
    }
    assertThat(accepted).as("commands that had an effect").isGreaterThan(cases / 3);
  }

  private void begin() {
    model = new MoneyModel();
    books = new MemoryBooks();
    accounts = new EnumMap<>(Account.class);
    invoices = new ArrayList<>();
    states = new HashMap<>();
    notes = new HashMap<>();
    now = Issuing.AT;
    credit = new CreditBook(Issuing.TENANT, this::posted);
    last.clear();
  }

  private void step() {
    now = now.plus(Duration.ofHours(random.nextInt(100)));
    int which = invoices.isEmpty() ? 0 : random.nextInt(12);
    switch (which) {
      case 0, 1 -> issue();
      case 2, 3, 4 -> pay(any());
      case 5 -> voided(any());
      case 6 -> writeOff(any());
      case 7, 8, 9 -> note(any());
      case 10 -> reverse(any());
      default -> give();
    }
  }

  private void issue() {
    InvoiceId id = InvoiceId.derive("model", names++);
    BigDecimal price = BigDecimal.valueOf(1 + random.nextInt(50_000_000), 2);
    boolean taxed = random.nextInt(4) > 0;
    said("issue %s %s taxed %s", id, price, taxed);
    PlanSnapshot plan =
        new Prices()
            .plan("model", price.toPlainString(), new RollingDays(30), 0, Activation.IMMEDIATE)
            .version("model", 1);
    IssueInvoice command =
        new IssueInvoice(
            id,
            Issuing.TENANT,
            SubscriptionId.derive("model", id),
            1,
            new BillingPeriod(LocalDate.of(2026, 1, 10), LocalDate.of(2026, 2, 9)),
            10,
            "model",
            1,
            1,
            LocalDate.of(2026, 1, 17),
            InvoiceReason.FIRST,
            true,
            List.of(),
            null,
            List.of(),
            now);
    Charges charges = Issuing.charges(command, plan, taxed ? List.of(Issuing.PPN) : List.of());
    Money drawn = credit.draw(id, charges.total(), now);
    List<InvoiceEvent> events =
        InvoiceState.decide(command, plan, Issuing.tenant(), charges, "INV-" + names, drawn);
    states.put(id, InvoiceState.NONE);
    invoices.add(id);
    notes.put(id, new ArrayList<>());
    happened(id, events);
    model.issue(id, price, taxed, now);
    InvoiceIssued issued = (InvoiceIssued) events.getFirst();
    assertThat(issued.taxTotal().getAmount()).isEqualByComparingTo(model.tax(id));
    assertThat(drawn.getAmount()).isEqualByComparingTo(model.drawn(id));
  }

  private void pay(InvoiceId id) {
    Money amount = about(model.due(id));
    said("pay %s %s", id, amount);
    PaymentId payment = PaymentId.derive("model", names++);
    attempt(
        true,
        () ->
            happened(
                id,
                states
                    .get(id)
                    .decide(
                        new RecordPayment(
                            id, payment, amount, PaymentMethod.QRIS, "ref", now, null, now))));
    model.pay(id, payment.value(), amount.getAmount());
  }

  private void voided(InvoiceId id) {
    said("void %s", id);
    boolean acceptable = model.mayBeVoided(id);
    attempt(
        acceptable,
        () ->
            happened(
                id,
                states.get(id).decide(new VoidInvoice(id, AfterVoid.WAIVE, "model", null, now))));
    if (acceptable) {
      model.voided(id);
    }
  }

  private void writeOff(InvoiceId id) {
    said("write off %s", id);
    attempt(true, () -> happened(id, states.get(id).decide(new WriteOffInvoice(id, "model", now))));
    model.writeOff(id);
  }

  private void note(InvoiceId id) {
    CreditNoteType type = CreditNoteType.values()[random.nextInt(3)];
    Kind kind = Kind.valueOf(type.name());
    Money amount = about(model.creditable(id, kind));
    CreditNoteId note = CreditNoteId.derive("model", names++);
    said("%s note %s on %s of %s", type, note, id, amount);
    boolean acceptable = model.mayBeNoted(id, kind, amount.getAmount());
    attempt(
        acceptable,
        () ->
            happened(
                id,
                states
                    .get(id)
                    .decide(
                        new IssueCreditNote(
                            id, note, type, amount, Map.of(), "model", null, null, null, now),
                        "CN-" + names)));
    if (acceptable) {
      notes.get(id).add(note);
      Money tax = ((Issued) states.get(id)).notes().find(note).orElseThrow().note().taxTotal();
      model.note(id, note.value(), kind, amount.getAmount(), tax.getAmount());
    }
  }

  private void reverse(InvoiceId id) {
    if (notes.get(id).isEmpty()) {
      return;
    }
    CreditNoteId note = notes.get(id).get(random.nextInt(notes.get(id).size()));
    said("reverse %s of %s", note, id);
    boolean acceptable = model.mayBeReversed(id, note.value());
    attempt(
        acceptable,
        () -> {
          List<InvoiceEvent> events =
              states.get(id).decide(new ReverseCreditNote(id, note, "model", null, now));
          // In the unit of work of both: nothing happens where the credit refuses.
          CreditNoteReversed reversed = (CreditNoteReversed) events.getFirst();
          if (reversed.note().type() == CreditNoteType.BALANCE) {
            credit.takeBack(note.value(), id, reversed.note().total(), now);
          }
          happened(id, events);
        });
    if (acceptable) {
      model.reversed(id, note.value());
    }
  }

  private void give() {
    Money amount = Money.ofMinor(IDR, 1 + random.nextInt(20_000_000));
    Instant expires =
        random.nextBoolean() ? null : now.plus(Duration.ofDays(1 + random.nextInt(9)));
    String key = "given-" + names++;
    said("give %s until %s, expire", amount, expires);
    credit.give(key, amount, expires, now);
    model.give(key, amount.getAmount(), expires);
    credit.expire(now);
    model.expire(now);
    accepted++;
  }

  private void attempt(boolean acceptable, Runnable command) {
    try {
      command.run();
      assertThat(acceptable).as("accepted").isTrue();
    } catch (Rejected refused) {
      assertThat(acceptable).as("refused: %s", refused.rejection().detail()).isFalse();
    }
  }

  /** What the shell does: the journal posts, and the credit follows. */
  private void happened(InvoiceId id, List<InvoiceEvent> events) {
    for (InvoiceEvent event : events) {
      states.compute(id, (_, state) -> state.evolve(event));
      posted(event);
      accepted++;
      switch (event) {
        case PaymentRecorded e when e.excess().isPositive() ->
            credit.grant(e.paymentId().value(), id, e.excess(), now);
        case InvoiceVoided e when e.creditReturned().isPositive() -> credit.giveBack(id, now);
        case CreditNoteIssued e when e.note().type() == CreditNoteType.BALANCE ->
            credit.grant(e.note().id().value(), id, e.note().total(), now);
        default -> {}
      }
    }
  }

  private void posted(CreditEvent event) {
    posted((LedgerEvent) event);
  }

  private void posted(LedgerEvent event) {
    books
        .post(event, new Cause("event-" + names++, Issuing.TENANT, now))
        .ifPresent(
            entry ->
                entry
                    .postings()
                    .forEach(
                        posting ->
                            accounts.merge(posting.account(), posting.amount(), Money::plus)));
  }

  private void compare() {
    for (InvoiceId id : invoices) {
      assertThat(((Issued) states.get(id)).due().getAmount())
          .as("due of %s", id)
          .isEqualByComparingTo(model.due(id));
    }
    Map<String, BigDecimal> expected = model.accounts();
    BigDecimal sum = BigDecimal.ZERO;
    for (Account account : Account.values()) {
      BigDecimal is = accounts.getOrDefault(account, Money.zero(IDR)).getAmount();
      sum = sum.add(is);
      assertThat(is)
          .as(account.name())
          .isEqualByComparingTo(expected.getOrDefault(account.name(), BigDecimal.ZERO));
    }
    assertThat(sum).as("trial balance").isZero();
  }

  /** Often exactly so much, sometimes less, sometimes more. */
  private Money about(BigDecimal amount) {
    Money exact = Money.of(IDR, amount.max(BigDecimal.ONE));
    return switch (random.nextInt(4)) {
      case 0 -> exact;
      case 1 -> Money.ofMinor(IDR, exact.getAmountMinorLong() + 1 + random.nextInt(5_000_000));
      default -> Money.ofMinor(IDR, 1 + random.nextLong(exact.getAmountMinorLong()));
    };
  }

  private InvoiceId any() {
    return invoices.get(Math.max(0, invoices.size() - 1 - random.nextInt(4)));
  }

  private void said(String format, Object... values) {
    last.addLast(now + " " + format.formatted(values));
    if (last.size() > REMEMBERED) {
      last.removeFirst();
    }
  }
}
