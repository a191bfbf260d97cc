package io.billingledger.bank;

import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import java.time.LocalDate;
import org.joda.money.Money;

/**
 * An invoice that an entry may pay.
 *
 * @param tenantName as it would stand on a transfer
 * @param due what is still due
 * @param issuedOn in the tenant's zone
 * @param dueOn in the tenant's zone
 */
public record OpenInvoice(
    InvoiceId id,
    TenantId tenantId,
    String tenantName,
    String number,
    Money due,
    LocalDate issuedOn,
    LocalDate dueOn) {}
