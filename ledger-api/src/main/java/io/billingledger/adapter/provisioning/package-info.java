/**
 * Does what provisioning asks for: the contract of a provisioner, the one door through which they
 * are called, and the worker that takes queued tasks from its own table and brings the outcome back
 * as a command. Which provisioners there are is a setting.
 */
package io.billingledger.adapter.provisioning;
