/**
 * Invoices as documents ({@code B32}): a PDF for people and an EN 16931 invoice for programs, both
 * made from one value. The same value always gives the same bytes.
 */
package io.billingledger.document;
