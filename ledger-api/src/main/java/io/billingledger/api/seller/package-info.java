/** Who the platform's legal entity is on documents (B32). */
package io.billingledger.api.seller;
