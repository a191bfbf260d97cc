/**
 * What of an invoice is earned when (IFRS 15, ASC 606): straight-line schedules of its lines, pure,
 * and the recognition of a month as an event for each tenant. Amounts are net of tax; days are the
 * legal entity's accounting days.
 */
package io.billingledger.revenue;
