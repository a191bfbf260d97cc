/** What keeps the books by itself or on request: revenue, periods, exports. */
package io.billingledger.books;
