/** Tenants as they are read, with the holds that restrict them now. */
package io.billingledger.view.tenant;
