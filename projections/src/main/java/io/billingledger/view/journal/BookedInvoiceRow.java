package io.billingledger.view.journal;

import io.billingledger.journal.BookedInvoice;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LineId;
import io.billingledger.kernel.TenantId;
import io.billingledger.view.RowJson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.SQLInsert;
import org.hibernate.jdbc.Expectation;

/** What the books keep of an invoice. */
@Entity
@Immutable
@Table(name = "view_journal_invoice")
@SQLInsert(
    sql =
        "insert into view_journal_invoice (issued_on, legal_entity_id, invoice_number,"
            + " product_code, products, tenant_id, invoice_id) values (?, ?, ?, ?, ?, ?, ?)"
            + " on conflict do nothing",
    verify = Expectation.None.class)
class BookedInvoiceRow {
  @Id
  @Column(name = "invoice_id")
  private String id;

  private String tenantId;
  private String legalEntityId;
  private String productCode;

  /** By line, where several subscriptions stand on the invoice; else null. */
  private String products;

  @Column(name = "invoice_number")
  private String number;

  private LocalDate issuedOn;

  protected BookedInvoiceRow() {}

  BookedInvoiceRow(BookedInvoice invoice) {
    this.id = invoice.invoiceId().value();
    this.tenantId = invoice.tenantId().value();
    this.legalEntityId = invoice.legalEntityId();
    this.productCode = invoice.productCode();
    this.products = invoice.products().isEmpty() ? null : RowJson.write(LineProduct.of(invoice));
    this.number = invoice.number();
    this.issuedOn = invoice.issuedOn();
  }

  BookedInvoice booked() {
    return new BookedInvoice(
        new InvoiceId(id),
        new TenantId(tenantId),
        legalEntityId,
        productCode,
        number,
        issuedOn,
        products == null
            ? Map.of()
            : RowJson.read(products, LineProduct.class).stream()
                .collect(Collectors.toMap(LineProduct::lineId, LineProduct::productCode)));
  }

  private record LineProduct(LineId lineId, String productCode) {
    static List<LineProduct> of(BookedInvoice invoice) {
      return invoice.products().entrySet().stream()
          .map(entry -> new LineProduct(entry.getKey(), entry.getValue()))
          .sorted(Comparator.comparing(product -> product.lineId().value()))
          .toList();
    }
  }
}
