package io.billingledger.tenant;

import io.billingledger.kernel.TenantId;
import java.time.ZoneId;
import org.joda.money.CurrencyUnit;

/** What billing needs to know of a tenant; nothing in it is personal. */
public record BillingProfile(
    TenantId tenantId,
    String country,
    CurrencyUnit currency,
    ZoneId zone,
    LegalEntity legalEntity,
    boolean terminated,
    InvoiceGrouping grouping) {}
