package io.billingledger.notice;

import io.billingledger.collections.CollectionEvent.NoticeRecorded;
import io.billingledger.collections.CollectionEvent.StageReached;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceState.Issued;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import io.billingledger.kernel.Vault;
import io.billingledger.saga.SagaGroups;
import io.billingledger.tenant.TenantEvent.TenantRegistered;
import io.billingledger.wiring.InvoiceHistory;
import io.billingledger.wiring.TenantHistory;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.stereotype.Component;

/**
 * Puts into the outbox what the dunning of an invoice has to say. The key of each notice is its
 * event's, so that a redelivery records nothing twice; a replay does not come here.
 */
@Component
@ProcessingGroup(SagaGroups.NOTICES)
@DisallowReplay
class DunningNotices {
  private final Notices notices;
  private final Vault vault;
  private final InvoiceHistory invoices;
  private final TenantHistory tenants;

  DunningNotices(Notices notices, Vault vault, InvoiceHistory invoices, TenantHistory tenants) {
    this.notices = notices;
    this.vault = vault;
    this.invoices = invoices;
    this.tenants = tenants;
  }

  @EventHandler
  void on(NoticeRecorded event) {
    NoticeTemplate template =
        event.offset() < 0
            ? NoticeTemplate.PAYMENT_UPCOMING
            : event.offset() == 0 ? NoticeTemplate.PAYMENT_DUE : NoticeTemplate.PAYMENT_OVERDUE;
    record(event.noticeId().value(), event.tenantId(), event.invoiceId(), template, event.at());
  }

  @EventHandler
  void on(StageReached event) {
    NoticeTemplate template =
        switch (event.stage()) {
          case PAST_DUE -> NoticeTemplate.READ_ONLY;
          case SUSPENDED -> NoticeTemplate.SUSPENDED;
          case TERMINATED -> NoticeTemplate.TERMINATED;
        };
    record(
        event.collectionId() + ":" + event.stage(),
        event.tenantId(),
        event.invoiceId(),
        template,
        event.at());
  }

  /** Without the tenant's key there is nobody left to write to. */
  private void record(
      String key, TenantId tenant, InvoiceId invoice, NoticeTemplate template, Instant at) {
    TenantRegistered registered = tenants.registration(tenant);
    Optional<String> recipient = vault.open(tenant, registered.ownerEmail());
    if (recipient.isEmpty()) {
      return;
    }
    InvoiceIssued issued = invoices.issued(invoice);
    Issued state = (Issued) invoices.of(invoice);
    String dueOn = issued.dueAt().atZone(issued.zone()).toLocalDate().toString();
    notices.record(
        key,
        tenant,
        recipient.get(),
        template,
        Map.of(
            NoticeTemplate.COUNTRY,
            registered.country(),
            "name",
            registered.name(),
            "invoice_number",
            issued.invoiceNumber(),
            "amount",
            state.due().toString(),
            "pay_before",
            dueOn,
            "due_on",
            dueOn),
        at);
  }
}
