/**
 * The demo: ten customers, their plans and a key for each role, and two months of their lives
 * played through the HTTP interface with the sandbox clock. It uses nothing that a client could
 * not.
 */
package io.billingledger.demo;
