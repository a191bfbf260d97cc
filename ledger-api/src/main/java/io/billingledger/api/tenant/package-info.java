/**
 * Tenants over HTTP: whom the platform bills, and what holds restrict them. Personal data are
 * opened for one tenant at a time and never stand in lists.
 */
package io.billingledger.api.tenant;
