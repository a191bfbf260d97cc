/**
 * Reads the files in which banks publish statements: ISO 20022 camt.053 and SWIFT MT940 with
 * Prowide's parsers, CSV by a mapping. What cannot be read is refused with the place that is wrong.
 */
package io.billingledger.adapter.bank;
