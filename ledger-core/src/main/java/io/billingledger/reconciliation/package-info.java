/**
 * What people decide about breaks that reconciliation finds. That a break is there, and that it is
 * gone, is found anew each time; whose it is and what explains it is said by people, as events.
 */
package io.billingledger.reconciliation;
