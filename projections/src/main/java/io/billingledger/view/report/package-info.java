/**
 * What finance takes out of the books: each report is one question to the journal's rows, answered
 * row by row, and ties to the trial balance of the same day.
 */
package io.billingledger.view.report;
