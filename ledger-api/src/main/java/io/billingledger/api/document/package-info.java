/** Invoices as PDF and as electronic invoice, and links that open one for a while (B32). */
package io.billingledger.api.document;
