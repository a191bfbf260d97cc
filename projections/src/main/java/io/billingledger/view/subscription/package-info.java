/** Subscriptions as they are read, with the history of their cycles. */
package io.billingledger.view.subscription;
