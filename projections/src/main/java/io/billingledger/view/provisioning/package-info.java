/** What was provisioned for each tenant: every task of every operation, and how far it is. */
package io.billingledger.view.provisioning;
