package io.billingledger.invoice;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.invoice.InvoiceCommand.IssueInvoice;
import io.billingledger.invoice.InvoiceCommand.SubmitProof;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.ProofId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TaxRuleId;
import io.billingledger.kernel.TenantId;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.subscription.Prices;
import io.billingledger.tax.BaseFactor;
import io.billingledger.tax.TaxRule;
import io.billingledger.tenant.BillingProfile;
import io.billingledger.tenant.InvoiceGrouping;
import io.billingledger.tenant.LegalEntity;
import io.billingledger.time.BillingPeriod;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The usual invoice of tests: thirty days at 150000.00, tax inside. */
final class Issuing {
  static final Instant AT = Instant.parse("2026-01-10T03:00:00Z");
  static final InvoiceId ID = InvoiceId.derive("usual");
  static final TenantId TENANT = TenantId.derive("usual");
  static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
  static final TaxRule PPN =
      new TaxRule(
          TaxRuleId.derive("PPN"),
          "ID",
          "PPN",
          new BigDecimal("12"),
          BaseFactor.parse("11/12"),
          "PMK-131/2024",
          true,
          LocalDate.of(2025, 1, 1),
          null);

  private Issuing() {}

  static IssueInvoice command() {
    return new IssueInvoice(
        ID,
        TENANT,
        SubscriptionId.derive("usual"),
        1,
        new BillingPeriod(LocalDate.of(2026, 1, 10), LocalDate.of(2026, 2, 9)),
        10,
        "basic",
        1,
        1,
        LocalDate.of(2026, 1, 17),
        InvoiceReason.FIRST,
        true,
        List.of(),
        null,
        List.of(),
        AT);
  }

  /** As the shell makes them, without usage. */
  static Charges charges(IssueInvoice command, PlanSnapshot plan, List<TaxRule> rules) {
    return charges(command, plan, List.of(), rules);
  }

  /** As the shell makes them. */
  static Charges charges(
      IssueInvoice command, PlanSnapshot plan, List<BilledUsage> usage, List<TaxRule> rules) {
    CycleCharges wanted = CycleCharges.of(command, plan, usage, InvoiceState.ENGINE, ZONE);
    return Charges.of(
        command.invoiceId(),
        command.subscriptionId(),
        wanted.charges(),
        Stream.concat(wanted.discounts().stream(), command.coupons().stream().map(Discount::of))
            .toList(),
        rules);
  }

  static BillingProfile tenant() {
    return new BillingProfile(
        TENANT,
        "ID",
        CurrencyUnit.of("IDR"),
        ZONE,
        new LegalEntity("default", "INV", "Ledger", ZONE),
        false,
        InvoiceGrouping.SEPARATE);
  }

  static List<InvoiceEvent> events() {
    return events(Money.parse("IDR 0.00"));
  }

  static List<InvoiceEvent> events(Money credit) {
    PlanSnapshot plan = Prices.usual().version("basic", 1);
    return InvoiceState.decide(
        command(),
        plan,
        tenant(),
        charges(command(), plan, List.of(PPN)),
        "INV-2026-000001",
        credit);
  }

  static InvoiceState issued() {
    return after(InvoiceState.NONE, events());
  }

  static SubmitProof proof(String key) {
    return new SubmitProof(
        ID,
        ProofId.derive(key),
        "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
        "image/png",
        1000,
        Money.parse("IDR 150000.00"),
        AT,
        "BCA 1",
        AT);
  }

  static InvoiceState after(InvoiceState state, List<InvoiceEvent> events) {
    for (InvoiceEvent event : events) {
      state = state.evolve(event);
    }
    return state;
  }
}
