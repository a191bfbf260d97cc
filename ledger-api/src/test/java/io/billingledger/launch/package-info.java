/** Tests of what stands at the project's top level: the launcher and the compose file. */
package io.billingledger.launch;
