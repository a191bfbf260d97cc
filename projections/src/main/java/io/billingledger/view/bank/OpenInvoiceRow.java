package io.billingledger.view.bank;

import java.math.BigDecimal;
import java.time.Instant;

/** An invoice that waits for money, and whose it is. */
public record OpenInvoiceRow(
    String invoiceId,
    String tenantId,
    String tenantName,
    String invoiceNumber,
    String currencyCode,
    BigDecimal amountDue,
    Instant issuedAt,
    Instant dueAt) {}
