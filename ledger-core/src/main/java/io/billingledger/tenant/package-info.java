/**
 * Whom the platform bills. A tenant carries its zone, currency and tax identity; what it may write
 * follows from holds, each of which says who or what placed it and why. The most restrictive hold
 * wins.
 */
package io.billingledger.tenant;
