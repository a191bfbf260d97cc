/**
 * Who calls, and what they may do: bearer tokens (API keys of the ledger, JWTs of an issuer) become
 * a {@link io.billingledger.api.security.Caller}; {@link io.billingledger.api.security.RoleTable}
 * says which role may use which path; the caller's tenant becomes the scope of every transaction.
 *
 * <p>A new endpoint needs a row in the role table, or it answers 403 and a test fails.
 */
package io.billingledger.api.security;
