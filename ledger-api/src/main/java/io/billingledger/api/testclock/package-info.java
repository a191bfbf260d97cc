/** Sandbox time over HTTP: where the movable clock stands, and moving it. */
package io.billingledger.api.testclock;
