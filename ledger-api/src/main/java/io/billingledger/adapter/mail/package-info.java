/** Mail over SMTP: the real way out for notices. */
package io.billingledger.adapter.mail;
