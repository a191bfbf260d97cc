/** The tax rules: which hold in a region, and new ones (B39, B40). */
package io.billingledger.api.tax;
