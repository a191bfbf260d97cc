/**
 * Usage over HTTP: reported one by one, in batches and in streams; found again with what became of
 * it; summed up; taken back and replaced.
 */
package io.billingledger.api.usage;
