/**
 * Asks for the money of an open invoice: wakes its collection when a step is due, and carries each
 * stage to the subscription, the tenant and, at last, the invoice.
 */
package io.billingledger.saga.dunning;
