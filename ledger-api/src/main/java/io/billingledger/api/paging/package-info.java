/**
 * Lists in pages. A controller takes a {@link io.billingledger.api.paging.Paging}; its query asks
 * for {@code fetch()} rows beyond the cursor, ordered by position and id, and {@code page()} makes
 * the answer. Position and id of a row never change, so what others insert moves nothing:
 *
 * <pre>{@code
 * // newest first
 * where (i.position < :position or i.position = :position and i.id < :id)
 * order by i.position desc, i.id desc   -- limit paging.fetch()
 *
 * Cursor from = paging.newestFirst();   // oldestFirst() and > with ascending order
 * return paging.page(find(from.position(), from.id(), Limit.of(paging.fetch())),
 *     row -> new Cursor(row.position(), row.id())).map(InvoiceSummary::of);
 * }</pre>
 */
package io.billingledger.api.paging;
