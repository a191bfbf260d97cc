/**
 * The only package that knows JSON: how events are written and read for ever, under which names,
 * and how older revisions become present ones.
 */
package io.billingledger.serialization;
