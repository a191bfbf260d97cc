package io.billingledger.collections;

import io.billingledger.kernel.CollectionId;
import io.billingledger.kernel.EventType;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.kernel.NoticeId;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;

/** What happened in the dunning of an invoice. */
public sealed interface CollectionEvent extends LedgerEvent {
  CollectionId collectionId();

  @EventType(name = "collection.opened")
  record CollectionOpened(CollectionId collectionId, CollectionTerms terms, Instant at)
      implements CollectionEvent {}

  /**
   * A reminder is to go out; recorded once for each invoice and step.
   *
   * @param offset days from H, the due date; negative is before
   */
  @EventType(name = "collection.notice-recorded")
  record NoticeRecorded(
      CollectionId collectionId,
      NoticeId noticeId,
      InvoiceId invoiceId,
      TenantId tenantId,
      int offset,
      Instant at)
      implements CollectionEvent {}

  @EventType(name = "collection.stage-reached")
  record StageReached(
      CollectionId collectionId,
      InvoiceId invoiceId,
      TenantId tenantId,
      SubscriptionId subscriptionId,
      Stage stage,
      Instant at)
      implements CollectionEvent {}
}
