/**
 * API keys: who holds one, what they may do with it, and its end. The ledger keeps a digest of the
 * secret; the secret itself is answered once, to whoever made the key.
 */
package io.billingledger.api.keys;
