/** Runs over all tenants: asked for, followed and stopped. */
package io.billingledger.api.runs;
