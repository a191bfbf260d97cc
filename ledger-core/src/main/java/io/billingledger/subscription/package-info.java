/**
 * What a tenant has subscribed to: its lifecycle from sign-up or trial through numbered cycles to
 * its end, with the change of plan or cancellation that waits. Refers to plans, never to prices
 * (B14). Decides when a cycle's invoice is wanted, and turns the cycle when that invoice is
 * settled.
 */
package io.billingledger.subscription;
