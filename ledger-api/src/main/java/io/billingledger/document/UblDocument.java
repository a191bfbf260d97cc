package io.billingledger.document;

import com.helger.ubl21.UBL21Marshaller;
import io.billingledger.document.BillingDocument.Reduction;
import io.billingledger.document.UblTaxes.Category;
import io.billingledger.invoice.InvoiceLine;
import io.billingledger.kernel.Rejected;
import io.billingledger.seller.BankAccount;
import io.billingledger.tax.TaxLine;
import java.math.BigDecimal;
import java.time.LocalDate;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.AllowanceChargeType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.InvoiceLineType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.ItemType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.MonetaryTotalType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.PaymentTermsType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.PeriodType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.PriceType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.TaxCategoryType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.TaxSchemeType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.TaxSubtotalType;
import oasis.names.specification.ubl.schema.xsd.commonaggregatecomponents_21.TaxTotalType;
import oasis.names.specification.ubl.schema.xsd.commonbasiccomponents_21.AllowanceChargeReasonType;
import oasis.names.specification.ubl.schema.xsd.commonbasiccomponents_21.NoteType;
import oasis.names.specification.ubl.schema.xsd.commonbasiccomponents_21.TaxExemptionReasonType;
import oasis.names.specification.ubl.schema.xsd.invoice_21.InvoiceType;
import org.joda.money.Money;

/**
 * An invoice as it was issued, for programs: EN 16931 in the syntax UBL 2.1. What happened to it
 * later does not change it.
 */
public final class UblDocument {
  private static final String EN_16931 = "urn:cen.eu:en16931:2017";
  private static final String INVOICE = "380";
  private static final String PIECES = "C62";
  static final String VAT = "VAT";

  private final BillingDocument it;
  private final UblTaxes taxes;

  private UblDocument(BillingDocument it) {
    this.it = it;
    this.taxes = UblTaxes.of(it.taxes());
  }

  /**
   * @throws Rejected {@code document.void}; {@code document.seller-not-described}
   */
  public static byte[] bytes(BillingDocument document, String legalEntityId) {
    if (document.standing().ending() == Standing.Ending.VOID) {
      throw new Rejected(new DocumentRejection.InvoiceVoid(document.number()));
    }
    if (document.seller().country() == null) {
      throw new Rejected(new DocumentRejection.SellerNotDescribed(legalEntityId));
    }
    byte[] bytes =
        UBL21Marshaller.invoice()
            .setFormattedOutput(true)
            .getAsBytes(new UblDocument(document).invoice());
    if (bytes == null) {
      throw new IllegalStateException(
          "the invoice " + document.number() + " does not keep to the schema of UBL 2.1");
    }
    return bytes;
  }

  private InvoiceType invoice() {
    InvoiceType invoice = new InvoiceType();
    invoice.setCustomizationID(EN_16931);
    invoice.setID(it.number());
    invoice.setIssueDate(it.issuedOn());
    invoice.setDueDate(lastDayToPay());
    invoice.setInvoiceTypeCode(INVOICE);
    taxNote(invoice);
    invoice.setDocumentCurrencyCode(it.currency().getCode());
    invoice.addInvoicePeriod(period());
    UblParties parties = new UblParties(taxes.category());
    invoice.setAccountingSupplierParty(parties.supplier(it.seller().forXml()));
    invoice.setAccountingCustomerParty(parties.customer(it.buyer().forXml()));
    for (BankAccount account : it.accounts()) {
      invoice.addPaymentMeans(UblParties.transferTo(account, it.number()));
    }
    invoice.addPaymentTerms(terms());
    for (Reduction discount : it.discounts()) {
      String reason = discount.description() == null ? "Discount" : discount.description();
      invoice.addAllowanceCharge(
          allowance(false, discount.amount(), reason, category(taxes.category())));
    }
    for (TaxLine charge : taxes.charges()) {
      invoice.addAllowanceCharge(
          allowance(true, charge.amount(), charge.name(), category(Category.E)));
    }
    invoice.addTaxTotal(taxTotal());
    invoice.setLegalMonetaryTotal(totals());
    for (InvoiceLine line : it.lines()) {
      invoice.addInvoiceLine(line(line));
    }
    return invoice;
  }

  /** The format dates the last day on which payment is in time; a bill is late from the next on. */
  private LocalDate lastDayToPay() {
    return it.payBefore().minusDays(1);
  }

  private void taxNote(InvoiceType invoice) {
    for (TaxLine tax : it.taxes()) {
      invoice.addNote(
          new NoteType(
              XmlText.required(
                  "%s %s%% on %s of %s%s"
                      .formatted(
                          tax.name(),
                          tax.ratePercent().toPlainString(),
                          tax.baseFactor(),
                          tax.base().getAmount().toPlainString(),
                          tax.regulation() == null ? "" : " (" + tax.regulation() + ")"))));
    }
  }

  private PeriodType period() {
    PeriodType period = new PeriodType();
    period.setStartDate(it.period().start());
    period.setEndDate(it.period().end().minusDays(1));
    return period;
  }

  private PaymentTermsType terms() {
    PaymentTermsType terms = new PaymentTermsType();
    terms.addNote(new NoteType("Pay before " + it.payBefore()));
    return terms;
  }

  private AllowanceChargeType allowance(
      boolean charge, Money amount, String reason, TaxCategoryType category) {
    AllowanceChargeType allowance = new AllowanceChargeType();
    allowance.setChargeIndicator(charge);
    allowance.addAllowanceChargeReason(new AllowanceChargeReasonType(XmlText.required(reason)));
    allowance.setAmount(amount.getAmount()).setCurrencyID(code());
    allowance.addTaxCategory(category);
    return allowance;
  }

  private TaxCategoryType category(Category of) {
    TaxCategoryType category = new TaxCategoryType();
    category.setID(of.name());
    switch (of) {
      case S, Z -> category.setPercent(taxes.percent());
      case E -> category.setPercent(BigDecimal.ZERO);
      case O -> {
        // What is not subject to VAT has no rate.
      }
    }
    TaxSchemeType scheme = new TaxSchemeType();
    scheme.setID(VAT);
    category.setTaxScheme(scheme);
    return category;
  }

  private TaxTotalType taxTotal() {
    Money zero = Money.zero(it.currency());
    TaxTotalType total = new TaxTotalType();
    total.setTaxAmount(taxes.amount(zero).getAmount()).setCurrencyID(code());
    TaxCategoryType sold = category(taxes.category());
    if (taxes.category() == Category.O) {
      sold.addTaxExemptionReason(new TaxExemptionReasonType("Not subject to VAT"));
    }
    total.addTaxSubtotal(subtotal(it.subtotal().minus(it.discount()), taxes.amount(zero), sold));
    if (!taxes.charges().isEmpty()) {
      TaxCategoryType other = category(Category.E);
      other.addTaxExemptionReason(
          new TaxExemptionReasonType("Another tax, on which there is no VAT"));
      total.addTaxSubtotal(subtotal(taxes.chargeTotal(zero), zero, other));
    }
    return total;
  }

  private TaxSubtotalType subtotal(Money base, Money tax, TaxCategoryType category) {
    TaxSubtotalType subtotal = new TaxSubtotalType();
    subtotal.setTaxableAmount(base.getAmount()).setCurrencyID(code());
    subtotal.setTaxAmount(tax.getAmount()).setCurrencyID(code());
    subtotal.setTaxCategory(category);
    return subtotal;
  }

  private MonetaryTotalType totals() {
    Money charges = taxes.chargeTotal(Money.zero(it.currency()));
    Money net = it.subtotal().minus(it.discount()).plus(charges);
    MonetaryTotalType totals = new MonetaryTotalType();
    totals.setLineExtensionAmount(it.subtotal().getAmount()).setCurrencyID(code());
    totals.setTaxExclusiveAmount(net.getAmount()).setCurrencyID(code());
    totals.setTaxInclusiveAmount(it.total().getAmount()).setCurrencyID(code());
    if (!it.discount().isZero()) {
      totals.setAllowanceTotalAmount(it.discount().getAmount()).setCurrencyID(code());
    }
    if (!taxes.charges().isEmpty()) {
      totals.setChargeTotalAmount(charges.getAmount()).setCurrencyID(code());
    }
    if (!it.creditedAtIssue().isZero()) {
      totals.setPrepaidAmount(it.creditedAtIssue().getAmount()).setCurrencyID(code());
    }
    totals
        .setPayableAmount(it.total().minus(it.creditedAtIssue()).getAmount())
        .setCurrencyID(code());
    return totals;
  }

  private InvoiceLineType line(InvoiceLine of) {
    InvoiceLineType line = new InvoiceLineType();
    line.setID(of.id().value());
    // A price is never negative there, so what is given back is a negative quantity.
    boolean back = of.amount().isNegative();
    BigDecimal quantity = of.quantity().signum() == 0 ? BigDecimal.ONE : of.quantity().abs();
    line.setInvoicedQuantity(back ? quantity.negate() : quantity).setUnitCode(PIECES);
    line.setLineExtensionAmount(of.amount().getAmount()).setCurrencyID(code());
    ItemType item = new ItemType();
    item.setName(XmlText.required(of.description()));
    item.addClassifiedTaxCategory(category(taxes.category()));
    line.setItem(item);
    line.setPrice(price(of.amount().abs(), quantity));
    return line;
  }

  /**
   * The net price of the whole quantity: a listed unit price may have tax inside or be for a longer
   * period, and a net price for each unit would have to be rounded.
   */
  private PriceType price(Money amount, BigDecimal quantity) {
    PriceType price = new PriceType();
    price.setPriceAmount(amount.getAmount()).setCurrencyID(code());
    price.setBaseQuantity(quantity).setUnitCode(PIECES);
    return price;
  }

  private String code() {
    return it.currency().getCode();
  }
}
