/** The reports of finance over HTTP: as JSON, CSV and XLSX, of the same rows. */
package io.billingledger.api.report;
