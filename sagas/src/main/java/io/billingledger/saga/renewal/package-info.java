/**
 * Keeps a subscription moving: wakes it when something is due, has its invoices issued, withdrawn
 * and settled, and tells its tenant whether it runs.
 */
package io.billingledger.saga.renewal;
