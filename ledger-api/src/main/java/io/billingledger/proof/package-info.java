/**
 * Files that tenants upload as proof of a payment: taken in only if they really are what an
 * approver can look at, named by their SHA-256, kept behind {@code ProofFiles}.
 *
 * <p>The name that the uploader gave is never used.
 */
package io.billingledger.proof;
