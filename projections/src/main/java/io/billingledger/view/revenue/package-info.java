/** What of each invoice is earned when, and how much of it the books have recognised. */
package io.billingledger.view.revenue;
