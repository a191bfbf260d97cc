/**
 * Notices to people outside: recorded once in the transaction of what they are about, attempted at
 * least once after it committed, and kept with the outcome. The key of a notice derives from its
 * cause and travels with it, so that a duplicate is recognised on the other side.
 *
 * <p>Which words go out is decided here ({@code NoticeTemplate}, {@code resources/notices}), which
 * way they go is a {@code Notifier}'s.
 */
package io.billingledger.notice;
