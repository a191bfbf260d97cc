/**
 * Carries a tenant's life to what is provisioned for it: made when the tenant registers, held while
 * a subscription is suspended, closed when the tenant is terminated. Wakes a failed step when its
 * next attempt is due. The work itself is not done here.
 */
package io.billingledger.saga.provisioning;
