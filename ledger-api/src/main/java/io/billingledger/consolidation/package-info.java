/** Collects what several subscriptions of a tenant want on one invoice, and has it issued. */
package io.billingledger.consolidation;
