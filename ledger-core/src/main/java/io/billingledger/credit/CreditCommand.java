package io.billingledger.credit;

import io.billingledger.kernel.CreditId;
import io.billingledger.kernel.InvoiceId;
import io.billingledger.kernel.TenantId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.joda.money.Money;

/** What can be asked of a tenant's credit. */
public sealed interface CreditCommand {

  /**
   * @param key names the cause: a payment or a voided invoice; granted once
   * @param invoiceId the invoice that the money came from
   */
  record GrantCredit(
      @TargetAggregateIdentifier CreditId creditId,
      TenantId tenantId,
      String key,
      InvoiceId invoiceId,
      Money amount,
      Instant at)
      implements CreditCommand {}

  /** Answers with the {@link Money} that the invoice has drawn in all. */
  record DrawCredit(
      @TargetAggregateIdentifier CreditId creditId, InvoiceId invoiceId, Money upTo, Instant at)
      implements CreditCommand {}

  record ReturnCredit(@TargetAggregateIdentifier CreditId creditId, InvoiceId invoiceId, Instant at)
      implements CreditCommand {}

  /**
   * A person gives credit that nobody has paid for, as goodwill or promotion.
   *
   * @param key names the cause; given once
   * @param expiresAt from then on it cannot be drawn; null for never
   */
  record GiveCredit(
      @TargetAggregateIdentifier CreditId creditId,
      TenantId tenantId,
      String key,
      Money amount,
      String reason,
      Instant expiresAt,
      Instant at)
      implements CreditCommand {}

  /** Ends what has expired. */
  record ExpireCredit(@TargetAggregateIdentifier CreditId creditId, Instant at)
      implements CreditCommand {}

  /** The grant of a credit note that was reversed. */
  record TakeBackCredit(
      @TargetAggregateIdentifier CreditId creditId,
      String key,
      InvoiceId invoiceId,
      Money amount,
      Instant at)
      implements CreditCommand {}
}
