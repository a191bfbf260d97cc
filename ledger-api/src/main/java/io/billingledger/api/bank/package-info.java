/**
 * Bank statements over HTTP: their import, the queue of entries that wait for somebody, what they
 * are matched with, and why a bank's balance is not that of the books.
 */
package io.billingledger.api.bank;
