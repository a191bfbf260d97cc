/**
 * What is provisioned for a tenant: read, run again by hand, dropped; and the redemption of its
 * first invitation.
 */
package io.billingledger.api.provisioning;
