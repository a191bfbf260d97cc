/** Proof files in a private directory of this machine. */
package io.billingledger.adapter.files;
