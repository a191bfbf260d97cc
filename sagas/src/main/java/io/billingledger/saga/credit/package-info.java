/** Ends credit that has expired. */
package io.billingledger.saga.credit;
