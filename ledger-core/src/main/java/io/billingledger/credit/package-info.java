/**
 * What a tenant has paid too much: a balance of grants, drawn by later invoices, the oldest grant
 * first. Money enters by an overpayment or by a voided invoice and leaves by an issue.
 */
package io.billingledger.credit;
