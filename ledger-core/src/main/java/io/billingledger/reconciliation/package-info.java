/**
 * The history of breaks that reconciliation finds: that one is there, that it is gone, whose it is
 * and what explains it. What is broken now is found anew each time, and never read from here.
 */
package io.billingledger.reconciliation;
