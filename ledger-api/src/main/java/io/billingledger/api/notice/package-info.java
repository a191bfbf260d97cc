/** The notices that went out to a tenant, or wait to. What they say, and to whom, stays inside. */
package io.billingledger.api.notice;
