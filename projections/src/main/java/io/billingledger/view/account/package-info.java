/**
 * A tenant's credit as it is read: its movements in their order, each with what was left after it.
 * The last one tells the balance.
 */
package io.billingledger.view.account;
