/** Bank statements, the queue of entries that wait for somebody, and how they tie to the books. */
package io.billingledger.view.bank;
