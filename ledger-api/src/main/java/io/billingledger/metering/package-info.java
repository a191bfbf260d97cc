/**
 * The store of usage: records accepted once, in bulk or one by one, sealed by history, cut off span
 * by span, and read for rating. Everything here belongs in the transaction of its caller.
 */
package io.billingledger.metering;
