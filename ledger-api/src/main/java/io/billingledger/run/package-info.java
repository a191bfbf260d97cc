/**
 * Runs over all tenants, in the background: renewals and dunning send everybody the same commands
 * that deadlines send, so that they catch up, preview and may be repeated; a reconciliation holds
 * every figure against its source. A run survives a restart and can be stopped.
 */
package io.billingledger.run;
