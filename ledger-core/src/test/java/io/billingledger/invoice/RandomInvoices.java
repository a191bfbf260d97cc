package io.billingledger.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.billingledger.catalog.Activation;
import io.billingledger.catalog.Aggregation;
import io.billingledger.catalog.LateUsage;
import io.billingledger.catalog.Meter;
import io.billingledger.catalog.MeterType;
import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.catalog.Pricing;
import io.billingledger.catalog.UsageTerms;
import io.billingledger.credit.CreditBook;
import io.billingledger.invoice.InvoiceCommand.CreditUsage;
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
import io.billingledger.invoice.MoneyModel.Asked;
import io.billingledger.invoice.MoneyModel.Kind;
import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.PaymentId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.rating.Consumption;
import io.billingledger.rating.UsageReading;
import io.billingledger.rating.UsageReading.MeterUse;
import io.billingledger.revenue.RevenueBook;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.subscription.Prices;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.time.BillingInterval.RollingDays;
import io.billingledger.time.BillingPeriod;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * Commands to invoices and credit, with what their shells and sagas make follow: each is decided,
 * and told to the model, which says beforehand whether it is acceptable.
 */
final class RandomInvoices {
  private static final SubscriptionId SUBSCRIPTION = SubscriptionId.derive("model");
  private static final CurrencyUnit IDR = CurrencyUnit.of("IDR");

  /** A period whose usage was billed, as often as it was. */
  private static final class Used {
    PlanSnapshot plan;
    UsedPeriod period;
    BigDecimal quantity;
    boolean taxed;
    int rounds;
    final List<InvoiceId> invoices = new ArrayList<>();
  }

  private final ModelRun run;
  private final MoneyModel model;
  private final RevenueBook revenue;
  private final CreditBook credit;
  private final List<InvoiceId> invoices = new ArrayList<>();
  private final Map<InvoiceId, InvoiceState> states = new HashMap<>();
  private final Map<InvoiceId, InvoiceIssued> documents = new HashMap<>();
  private final Map<InvoiceId, List<CreditNoteId>> notes = new HashMap<>();
  private final List<Used> used = new ArrayList<>();

  RandomInvoices(ModelRun run, MoneyModel model, RevenueBook revenue) {
    this.run = run;
    this.model = model;
    this.revenue = revenue;
    this.credit = new CreditBook(Issuing.TENANT, run::post);
  }

  void step() {
    model.itIs(run.now(), run.today());
    int which = invoices.isEmpty() ? 0 : run.random.nextInt(16);
    switch (which) {
      case 0, 1 -> issue();
      case 2, 3 -> issueWithUsage();
      case 4, 5 -> usageComesLate();
      case 6, 7, 8 -> pay(any());
      case 9 -> voided(any());
      case 10 -> writeOff(any());
      case 11, 12, 13 -> note(any());
      case 14 -> reverse(any());
      default -> give();
    }
  }

  void compare() {
    for (InvoiceId id : invoices) {
      assertThat(((Issued) states.get(id)).due().getAmount())
          .as("due of %s", id)
          .isEqualByComparingTo(model.due(id));
    }
  }

  private void issue() {
    // A renewal's period begins after its invoice.
    BillingPeriod period = period(run.today().plusDays(7L * run.random.nextInt(2)));
    BigDecimal price = price();
    PlanSnapshot plan = plan(price, period, List.of(), null);
    boolean taxed = run.random.nextInt(4) > 0;
    run.said("issue %s for %s, taxed %s", price, period, taxed);
    issue(
        command(InvoiceReason.FIRST, 1, period, plan, List.of()),
        plan,
        List.of(),
        taxed,
        List.of(new Asked(price, period.start(), period.end(), false)));
  }

  /** The period that begins today in advance, and what was used in the one before. */
  private void issueWithUsage() {
    Used period = new Used();
    BillingPeriod coming = period(run.today());
    BillingPeriod ended = new BillingPeriod(run.today().minusDays(coming.days()), run.today());
    BigDecimal price = price();
    BigDecimal least =
        run.random.nextInt(3) == 0 ? price.add(BigDecimal.valueOf(cents(3_000_000), 2)) : null;
    Meter meter =
        new Meter(
            "calls",
            "Calls",
            null,
            MeterType.COUNTER,
            Aggregation.SUM,
            null,
            List.of(),
            List.of(),
            LateUsage.CREDIT_AND_REBILL,
            Pricing.overage(BigDecimal.valueOf(run.random.nextInt(200)), unitPrice()));
    period.plan = plan(price, coming, List.of(meter), least);
    period.period = new UsedPeriod(1, ended, ended, "model", 1, 1);
    period.quantity = quantity();
    period.taxed = run.random.nextBoolean();
    used.add(period);
    run.said("issue %s with %s used, at least %s", price, period.quantity, least);
    List<Asked> asked = new ArrayList<>();
    asked.add(new Asked(price, coming.start(), coming.end(), false));
    asked.addAll(usage(period));
    period.invoices.add(
        issue(
            command(InvoiceReason.RENEWAL, 2, coming, period.plan, List.of(period.period)),
            period.plan,
            List.of(billed(period, period.period)),
            period.taxed,
            asked));
  }

  /** What comes late is credited and billed again, unless any of it cannot be taken back. */
  private void usageComesLate() {
    if (used.isEmpty()) {
      return;
    }
    Used late = used.get(Math.max(0, used.size() - 1 - run.random.nextInt(3)));
    BigDecimal before = late.quantity;
    late.quantity = run.random.nextInt(4) == 0 ? new BigDecimal("0.000") : quantity();
    List<InvoiceId> standing = late.invoices.stream().filter(id -> !model.isVoid(id)).toList();
    UsedPeriod again =
        UsageRebill.used(late.period, late.rounds + 1, late.plan.terms(), List.of("calls"));
    boolean acceptable = standing.stream().allMatch(model::mayUsageBeTakenBack);
    run.said("%s used instead of %s, billed by %s", late.quantity, before, standing);
    assertThat(
            standing.stream()
                .allMatch(id -> ((Issued) states.get(id)).canTakeBack(SUBSCRIPTION, again)))
        .as("can be taken back")
        .isEqualTo(acceptable);
    if (!acceptable || standing.isEmpty() || late.quantity.equals(before)) {
      late.quantity = before;
      return;
    }
    late.rounds++;
    run.happened("usage billed again");
    UsageRebill rebill =
        UsageRebill.of(
            SUBSCRIPTION,
            late.period,
            late.rounds,
            late.plan,
            List.of("calls"),
            billed(late, again).reading(),
            standing.stream().map(documents::get).toList());
    standing.forEach(id -> takeBack(id, again));
    List<Asked> asked = usage(late);
    boolean anything = asked.stream().anyMatch(each -> each.amount().signum() > 0);
    assertThat(rebill.charges())
        .as("charges")
        .isEqualTo(anything || late.plan.terms().minimum() != null);
    if (rebill.charges()) {
      late.invoices.add(
          issue(
              command(InvoiceReason.REBILL, 1, late.period.period(), late.plan, List.of(again)),
              late.plan,
              List.of(billed(late, again)),
              late.taxed,
              asked));
    }
  }

  private void takeBack(InvoiceId id, UsedPeriod again) {
    List<IssueCreditNote> wanted =
        states.get(id).notesFor(new CreditUsage(id, SUBSCRIPTION, again, "late", run.now()));
    String adjustment = null;
    String balance = null;
    for (IssueCreditNote note : wanted) {
      happened(id, states.get(id).decide(note, "CN-" + note.noteId()));
      notes.get(id).add(note.noteId());
      if (note.type() == CreditNoteType.ADJUSTMENT) {
        adjustment = note.noteId().value();
      } else {
        balance = note.noteId().value();
      }
    }
    model.usageTakenBack(id, adjustment, balance);
  }

  /** The line of what was used, and the one that brings the plan to its minimum. */
  private List<Asked> usage(Used period) {
    Meter meter = period.plan.terms().meters().getFirst();
    BigDecimal amount =
        period
            .quantity
            .subtract(meter.pricing().includedUnits())
            .max(BigDecimal.ZERO)
            .multiply(meter.pricing().overageUnitPrice())
            .setScale(2, RoundingMode.HALF_UP);
    List<Asked> asked = new ArrayList<>();
    asked.add(today(amount));
    if (period.plan.terms().minimum() != null) {
      BigDecimal missing =
          period
              .plan
              .terms()
              .minimum()
              .getAmount()
              .subtract(period.plan.terms().price().getAmount())
              .subtract(amount);
      if (missing.signum() > 0) {
        asked.add(today(missing));
      }
    }
    return asked;
  }

  private Asked today(BigDecimal amount) {
    return new Asked(amount, run.today(), run.today().plusDays(1), true);
  }

  private BilledUsage billed(Used period, UsedPeriod which) {
    return new BilledUsage(
        which,
        period.plan,
        new UsageReading(
            List.of(new MeterUse("calls", Map.of(), Consumption.of(period.quantity), 3)),
            List.of(),
            run.now()));
  }

  private InvoiceId issue(
      IssueInvoice command,
      PlanSnapshot plan,
      List<BilledUsage> usage,
      boolean taxed,
      List<Asked> asked) {
    InvoiceId id = command.invoiceId();
    Charges charges =
        Issuing.charges(command, plan, usage, taxed ? List.of(Issuing.PPN) : List.of());
    Money drawn = credit.draw(id, charges.total(), run.now());
    List<InvoiceEvent> events =
        InvoiceState.decide(command, plan, Issuing.tenant(), charges, run.name("INV"), drawn);
    states.put(id, InvoiceState.NONE);
    invoices.add(id);
    notes.put(id, new ArrayList<>());
    documents.put(id, (InvoiceIssued) events.getFirst());
    happened(id, events);
    model.issue(id, asked, taxed);
    assertThat(charges.taxTotal().getAmount()).isEqualByComparingTo(model.tax(id));
    assertThat(drawn.getAmount()).isEqualByComparingTo(model.drawn(id));
    return id;
  }

  private IssueInvoice command(
      InvoiceReason reason,
      int cycle,
      BillingPeriod period,
      PlanSnapshot plan,
      List<UsedPeriod> billing) {
    InvoiceId id = InvoiceId.derive(run.name("model"));
    return new IssueInvoice(
        id,
        Issuing.TENANT,
        SUBSCRIPTION,
        cycle,
        period,
        10,
        plan.code(),
        1,
        1,
        run.today().plusDays(7),
        reason,
        true,
        billing,
        null,
        List.of(),
        run.now());
  }

  private static PlanSnapshot plan(
      BigDecimal price, BillingPeriod period, List<Meter> meters, BigDecimal least) {
    return new Prices()
        .put(
            "model",
            "app",
            price.toPlainString(),
            new RollingDays(Math.toIntExact(period.days())),
            0,
            Activation.IMMEDIATE,
            true,
            meters,
            least == null ? null : Money.of(IDR, least),
            null,
            UsageTerms.DEFAULT)
        .version("model", 1);
  }

  private BillingPeriod period(LocalDate start) {
    return new BillingPeriod(
        start, start.plusDays(List.of(1, 7, 30, 92).get(run.random.nextInt(4))));
  }

  private BigDecimal price() {
    return BigDecimal.valueOf(1 + cents(50_000_000), 2);
  }

  private BigDecimal unitPrice() {
    return BigDecimal.valueOf(cents(1_000_000), 4);
  }

  private BigDecimal quantity() {
    return BigDecimal.valueOf(cents(1_000_000), 3);
  }

  private int cents(int below) {
    return run.random.nextInt(below);
  }

  private void pay(InvoiceId id) {
    Money amount = about(model.due(id));
    run.said("pay %s %s", id, amount);
    PaymentId payment = PaymentId.derive(run.name("payment"));
    run.attempt(
        true,
        () ->
            happened(
                id,
                states
                    .get(id)
                    .decide(
                        new RecordPayment(
                            id,
                            payment,
                            amount,
                            PaymentMethod.QRIS,
                            "ref",
                            run.now(),
                            null,
                            run.now()))));
    model.pay(id, payment.value(), amount.getAmount());
  }

  private void voided(InvoiceId id) {
    run.said("void %s", id);
    boolean acceptable = model.mayBeVoided(id);
    run.attempt(
        acceptable,
        () ->
            happened(
                id,
                states
                    .get(id)
                    .decide(new VoidInvoice(id, AfterVoid.WAIVE, "model", null, run.now()))));
    if (acceptable) {
      model.voided(id);
    }
  }

  private void writeOff(InvoiceId id) {
    run.said("write off %s", id);
    run.attempt(
        true,
        () -> happened(id, states.get(id).decide(new WriteOffInvoice(id, "model", run.now()))));
    model.writeOff(id);
  }

  private void note(InvoiceId id) {
    CreditNoteType type = CreditNoteType.values()[run.random.nextInt(3)];
    Kind kind = Kind.valueOf(type.name());
    Money amount = about(model.creditable(id, kind));
    CreditNoteId note = CreditNoteId.derive(run.name("note"));
    run.said("%s note %s on %s of %s", type, note, id, amount);
    boolean acceptable = model.mayBeNoted(id, kind, amount.getAmount());
    run.attempt(
        acceptable,
        () ->
            happened(
                id,
                states
                    .get(id)
                    .decide(
                        new IssueCreditNote(
                            id, note, type, amount, Map.of(), "model", null, null, null, run.now()),
                        "CN-" + note)));
    if (acceptable) {
      notes.get(id).add(note);
      model.note(id, note.value(), kind, amount.getAmount());
    }
  }

  private void reverse(InvoiceId id) {
    if (notes.get(id).isEmpty()) {
      return;
    }
    CreditNoteId note = notes.get(id).get(run.random.nextInt(notes.get(id).size()));
    run.said("reverse %s of %s", note, id);
    boolean acceptable = model.mayBeReversed(id, note.value());
    run.attempt(
        acceptable,
        () -> {
          List<InvoiceEvent> events =
              states.get(id).decide(new ReverseCreditNote(id, note, "model", null, run.now()));
          // In the unit of work of both: nothing happens where the credit refuses.
          CreditNoteReversed reversed = (CreditNoteReversed) events.getFirst();
          if (reversed.note().type() == CreditNoteType.BALANCE) {
            credit.takeBack(note.value(), id, reversed.note().total(), run.now());
          }
          happened(id, events);
        });
    if (acceptable) {
      model.reversed(id, note.value());
    }
  }

  private void give() {
    Money amount = Money.ofMinor(IDR, 1 + cents(20_000_000));
    Instant expires =
        run.random.nextBoolean()
            ? null
            : run.now().plus(Duration.ofDays(1 + run.random.nextInt(9)));
    String key = run.name("given");
    run.said("give %s until %s, expire", amount, expires);
    credit.give(key, amount, expires, run.now());
    model.give(key, amount.getAmount(), expires);
    credit.expire(run.now());
    model.expire();
  }

  /** What the shell does: the journal posts, and revenue and credit follow. */
  private void happened(InvoiceId id, List<InvoiceEvent> events) {
    for (InvoiceEvent event : events) {
      states.compute(id, (_, state) -> state.evolve(event));
      run.post(event);
      revenue.follow(event, run.today());
      switch (event) {
        case PaymentRecorded e when e.excess().isPositive() ->
            credit.grant(e.paymentId().value(), id, e.excess(), run.now());
        case InvoiceVoided e when e.creditReturned().isPositive() -> credit.giveBack(id, run.now());
        case CreditNoteIssued e when e.note().type() == CreditNoteType.BALANCE ->
            credit.grant(e.note().id().value(), id, e.note().total(), run.now());
        default -> {}
      }
    }
  }

  /** Often exactly so much, sometimes less, sometimes more. */
  private Money about(BigDecimal amount) {
    Money exact = Money.of(IDR, amount.max(BigDecimal.ONE));
    return switch (run.random.nextInt(4)) {
      case 0 -> exact;
      case 1 -> Money.ofMinor(IDR, exact.getAmountMinorLong() + 1 + cents(5_000_000));
      default -> Money.ofMinor(IDR, 1 + run.random.nextLong(exact.getAmountMinorLong()));
    };
  }

  private InvoiceId any() {
    return invoices.get(Math.max(0, invoices.size() - 1 - run.random.nextInt(4)));
  }
}
