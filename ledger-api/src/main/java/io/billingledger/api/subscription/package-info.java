/**
 * Subscriptions over HTTP: a tenant's own under {@code /api/subscriptions}, everybody's under
 * {@code /api/platform/subscriptions}.
 */
package io.billingledger.api.subscription;
