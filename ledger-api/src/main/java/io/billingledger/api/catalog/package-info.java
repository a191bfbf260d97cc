/**
 * Products, plans and their versions over HTTP. A plan is shown as it is in force today; what was
 * published never changes, so a new price is a new version.
 */
package io.billingledger.api.catalog;
