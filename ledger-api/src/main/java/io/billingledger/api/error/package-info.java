/**
 * Every refusal and failure as a problem document (RFC 9457), whoever noticed it: a decision, the
 * JSON reader, Spring, a filter, security or the server itself.
 *
 * <p>A controller throws {@link io.billingledger.kernel.Rejected} for a business "no" and {@link
 * ProblemException} for a request that cannot be understood; nobody else writes an error.
 */
package io.billingledger.api.error;
