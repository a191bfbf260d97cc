package io.billingledger.tenant;

import java.time.ZoneId;

/**
 * Who bills: the seller on the invoice.
 *
 * @param code first part of its invoice numbers
 * @param zone decides the year of an invoice number
 */
public record LegalEntity(String id, String code, String name, ZoneId zone) {}
