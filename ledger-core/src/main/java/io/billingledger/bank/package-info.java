/**
 * What the bank says: statements as they came, and what each entry on them was for. An entry that
 * is matched pays invoices; one that has nothing to do with invoices is ignored with a reason.
 * Nobody's name or remittance text is in here: those are kept beside the events.
 */
package io.billingledger.bank;
