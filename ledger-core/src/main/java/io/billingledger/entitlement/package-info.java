/**
 * What a tenant may use: whether a consumption of a metric is allowed now, what remains of it, and
 * what happens over the limit. Pure: who asks for how much, and what is used so far, are passed in.
 *
 * <p>The limits themselves belong to the catalogue, what was used to usage.
 */
package io.billingledger.entitlement;
