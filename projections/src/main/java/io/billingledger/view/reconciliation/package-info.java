/** What people have said about breaks. */
package io.billingledger.view.reconciliation;
