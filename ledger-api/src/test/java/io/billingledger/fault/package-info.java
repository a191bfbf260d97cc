/**
 * What happens when something breaks: crashes between any two steps, killed processes, outages, and
 * many callers at once. The measure is always the same: a life that nothing disturbed.
 */
package io.billingledger.fault;
