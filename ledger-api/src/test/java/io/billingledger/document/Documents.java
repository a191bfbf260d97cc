package io.billingledger.document;

import io.billingledger.catalog.PlanSnapshot;
import io.billingledger.document.Standing.Ending;
import io.billingledger.invoice.AppliedDiscount;
import io.billingledger.invoice.CreditNote;
import io.billingledger.invoice.CreditNoteType;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceLine;
import io.billingledger.invoice.LineType;
import io.billingledger.kernel.CreditNoteId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LineId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import io.billingledger.seller.BankAccount;
import io.billingledger.seller.SellerProfile;
import io.billingledger.subscription.InvoiceReason;
import io.billingledger.tax.BaseFactor;
import io.billingledger.tax.TaxLine;
import io.billingledger.time.BillingPeriod;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Invoices to make documents of. */
final class Documents {
  static final CurrencyUnit IDR = CurrencyUnit.of("IDR");
  static final CurrencyUnit EUR = CurrencyUnit.of("EUR");
  static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
  static final TaxLine PPN =
      new TaxLine(
          "PPN",
          new BigDecimal("12"),
          BaseFactor.parse("11/12"),
          "PMK-131/2024",
          idr("135135.14"),
          idr("14864.86"));

  static final SellerProfile SELLER =
      new SellerProfile(
          "PT Buku Besar Nusantara",
          List.of("Gedung Arsip, Lantai 7", "Jalan Jenderal Sudirman Kav. 52"),
          "Jakarta Selatan",
          "12190",
          "ID",
          "01.234.567.8-012.000",
          "tagihan@bukubesar.example",
          List.of(
              new BankAccount(
                  "Bank Central Asia", "PT Buku Besar Nusantara", "541 029 7788", "CENAIDJA", IDR),
              new BankAccount(
                  "Bank Mandiri", "PT Buku Besar Nusantara", "122 000 456 7890", null, IDR),
              new BankAccount(
                  "DBS Bank", "PT Buku Besar Nusantara", "0072 118 229", "DBSSSGSG", EUR)));

  static final Party BUYER =
      Party.named("CV Batik Lestari Sejahtera", "ID", "02.345.678.9-023.000");

  private Documents() {}

  static Money idr(String amount) {
    return Money.of(IDR, new BigDecimal(amount));
  }

  /** One month of a plan, PPN inside. */
  static BillingDocument plain() {
    return document(
        List.of(
            line(
                1,
                LineType.RECURRING,
                "Pro, 2026-01-01 to 2026-01-31",
                "1",
                "150000.00",
                idr("135135.14"))),
        idr("0.00"),
        List.of(PPN),
        idr("0.00"),
        BUYER);
  }

  /** As many lines as stand on one page. */
  static BillingDocument full() {
    List<InvoiceLine> lines = new ArrayList<>();
    lines.add(
        line(
            1,
            LineType.RECURRING,
            "Pro, 2026-01-01 to 2026-01-31",
            "5",
            "30000.00",
            idr("150000.00")));
    lines.add(
        line(
            2,
            LineType.RECURRING,
            "Extra warehouse, 2026-01-15 to 2026-01-31, 17 of 31 days",
            "2",
            "45000.00",
            idr("49354.84")));
    lines.add(line(3, LineType.SETUP, "Set-up of Pro", "1", "250000.00", idr("250000.00")));
    for (int i = 4; i <= 15; i++) {
      lines.add(
          line(
              i,
              LineType.USAGE,
              "WA messages to region %d, 2025-12-01 to 2025-12-31".formatted(i),
              "1204.5",
              i == 15 ? null : "12.125",
              idr("14604.56")));
    }
    Money net = lines.stream().map(InvoiceLine::amount).reduce(Money::plus).orElseThrow();
    Money discount = idr("50000.00");
    Money base = net.minus(discount);
    Money tax = base.multipliedBy(new BigDecimal("0.11"), RoundingMode.HALF_UP);
    return document(
        lines,
        discount,
        List.of(
            new TaxLine(
                "PPN", new BigDecimal("12"), BaseFactor.parse("11/12"), "PMK-131/2024", base, tax),
            new TaxLine(
                "LEVY",
                new BigDecimal("1.5"),
                BaseFactor.WHOLE,
                null,
                base,
                base.multipliedBy(new BigDecimal("0.015"), RoundingMode.HALF_UP))),
        idr("25000.00"),
        BUYER);
  }

  static BillingDocument withLines(int count) {
    List<InvoiceLine> lines = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      lines.add(line(i, LineType.USAGE, "Item " + i, "1", "1000.00", idr("1000.00")));
    }
    return document(lines, idr("0.00"), List.of(), idr("0.00"), BUYER);
  }

  static InvoiceLine line(
      int number, LineType type, String description, String quantity, String price, Money amount) {
    return new InvoiceLine(
        LineId.derive("document", number),
        type,
        description,
        new BigDecimal(quantity),
        price == null ? null : new BigDecimal(price),
        amount,
        amount,
        null,
        SubscriptionId.derive("document"),
        1,
        null,
        null,
        null);
  }

  static BillingDocument document(
      List<InvoiceLine> lines, Money discount, List<TaxLine> taxes, Money credit, Party buyer) {
    InvoiceIssued issued = issued(lines, discount, taxes, credit);
    Money nothing = Money.zero(discount.getCurrencyUnit());
    return BillingDocument.of(
        issued,
        new Standing(
            Ending.OPEN, null, nothing, credit, nothing, nothing, issued.total().minus(credit)),
        "Billing Ledger",
        Optional.of(SELLER),
        buyer);
  }

  static InvoiceIssued issued(
      List<InvoiceLine> lines, Money discount, List<TaxLine> taxes, Money credit) {
    CurrencyUnit currency = discount.getCurrencyUnit();
    Money subtotal = lines.stream().map(InvoiceLine::amount).reduce(Money::plus).orElseThrow();
    Money tax = taxes.stream().map(TaxLine::amount).reduce(Money.zero(currency), Money::plus);
    return new InvoiceIssued(
        InvoiceId.derive("document"),
        TenantId.derive("document"),
        SubscriptionId.derive("document"),
        "INV-2026-000042",
        "default",
        InvoiceReason.RENEWAL,
        1,
        new BillingPeriod(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-02-01")),
        (PlanSnapshot) null,
        1,
        lines,
        taxes,
        subtotal,
        discount,
        tax,
        subtotal.minus(discount).plus(tax),
        credit,
        JAKARTA,
        Instant.parse("2025-12-24T17:00:00Z"),
        Instant.parse("2025-12-31T17:00:00Z"),
        true,
        "v1",
        "HALF_UP",
        discount.isZero()
            ? List.of()
            : List.of(
                new AppliedDiscount("SAVE", "Opening offer", BigDecimal.TEN, discount, discount)),
        List.of(),
        List.of());
  }

  static BillingDocument ended(BillingDocument it, Ending ending) {
    Money nothing = Money.zero(it.currency());
    boolean refunded = ending == Ending.REFUNDED;
    boolean paid = ending == Ending.PAID || refunded;
    boolean lost = ending == Ending.WRITTEN_OFF;
    return new BillingDocument(
        it.correction(),
        it.id(),
        it.number(),
        it.issuedAt(),
        it.issuedOn(),
        it.payBefore(),
        it.period(),
        it.seller(),
        it.accounts(),
        it.buyer(),
        it.lines(),
        it.subtotal(),
        it.discounts(),
        it.discount(),
        it.taxes(),
        it.taxTotal(),
        it.total(),
        it.creditedAtIssue(),
        new Standing(
            ending,
            LocalDate.parse("2026-01-05"),
            paid ? it.total().minus(it.creditedAtIssue()) : nothing,
            ending == Ending.VOID ? nothing : it.creditedAtIssue(),
            lost ? it.total().minus(it.creditedAtIssue()) : nothing,
            refunded ? it.total() : nothing,
            nothing));
  }

  /** Ten days of the plain invoice's month. */
  static BillingDocument creditNote(CreditNoteType type, Instant reversedAt) {
    BillingDocument invoice = plain();
    InvoiceIssued issued =
        issued(invoice.lines(), invoice.discount(), invoice.taxes(), invoice.creditedAtIssue());
    TaxLine tax =
        new TaxLine(
            PPN.name(),
            PPN.ratePercent(),
            PPN.baseFactor(),
            PPN.regulation(),
            idr("27027.03"),
            idr("2972.97"));
    CreditNote note =
        new CreditNote(
            CreditNoteId.derive("document"),
            "CN-2026-000007",
            type,
            List.of(
                new CreditNote.Line(
                    invoice.lines().getFirst().id(), idr("27027.03"), idr("30000.00"))),
            List.of(tax),
            idr("27027.03"),
            idr("2972.97"),
            idr("30000.00"),
            "Ten days without service",
            type == CreditNoteType.REFUND ? "BCA 77123" : null,
            Instant.parse("2026-01-11T02:00:00Z"));
    return BillingDocument.of(note, reversedAt, issued, invoice);
  }
}
