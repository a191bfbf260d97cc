package io.billingledger.api.invoice;

import io.billingledger.api.idempotency.Now;
import io.billingledger.kernel.Rejected;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.subscription.SubscriptionRejection.SubscriptionUnknown;
import io.billingledger.view.subscription.SubscriptionRow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.persistence.EntityManager;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Invoices that have not been issued (B38): built as they would be, and not kept. */
@RestController
@Tag(name = "Rating")
class PreviewController {
  private final EntityManager rows;
  private final InvoicePreview preview;
  private final TransactionTemplate reading;

  PreviewController(
      EntityManager rows, InvoicePreview preview, PlatformTransactionManager transactions) {
    this.rows = rows;
    this.preview = preview;
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
  }

  /**
   * @param planCode of a change of plan that has not been made
   * @param quantity of a change of quantity that has not been made
   * @param at the first invoice from then on; the next one unless given
   */
  record Wanted(
      @NotNull SubscriptionId subscriptionId,
      @Size(min = 1, max = 64) String planCode,
      @Min(1) @Max(1_000_000) Integer quantity,
      Instant at) {}

  @PostMapping("/api/invoices/preview")
  @Operation(
      operationId = "previewInvoice",
      summary = "The next invoice of a subscription, also after a change that has not been made")
  PreviewBody preview(@Valid @RequestBody Wanted wanted, @Now Instant now) {
    InvoicePreview.Wish wish = reading.execute(_ -> wish(wanted, now));
    return PreviewBody.of(preview.find(wish, now));
  }

  private InvoicePreview.Wish wish(Wanted wanted, Instant now) {
    SubscriptionId id = wanted.subscriptionId();
    if (rows.find(SubscriptionRow.class, id.value()) == null) {
      throw new Rejected(new SubscriptionUnknown(id));
    }
    return new InvoicePreview.Wish(
        id,
        wanted.planCode(),
        wanted.quantity(),
        wanted.at() == null || wanted.at().isBefore(now) ? now : wanted.at());
  }
}
