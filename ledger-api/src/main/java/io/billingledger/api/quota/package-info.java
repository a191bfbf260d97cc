/**
 * The quota interface: what a tenant may use and has used, and consumptions, which decide and count
 * in one transaction. Records of usage and their counters are kept here; what limits them is read
 * from the quota view.
 */
package io.billingledger.api.quota;
