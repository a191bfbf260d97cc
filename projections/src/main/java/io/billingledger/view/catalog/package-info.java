/** The catalogue as it is read: products, and plans with all their versions. Has no tenant. */
package io.billingledger.view.catalog;
