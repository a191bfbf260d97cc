package io.billingledger.serialization;

import io.billingledger.bank.BankEvent;
import io.billingledger.catalog.CatalogEvent;
import io.billingledger.collections.CollectionEvent;
import io.billingledger.credit.CreditEvent;
import io.billingledger.invoice.InvoiceEvent;
import io.billingledger.journal.CalendarEvent;
import io.billingledger.journal.ChartEvent;
import io.billingledger.journal.ManualEntryEvent;
import io.billingledger.kernel.EventType;
import io.billingledger.kernel.LedgerEvent;
import io.billingledger.provisioning.ProvisioningEvent;
import io.billingledger.reconciliation.BreakEvent;
import io.billingledger.revenue.RevenueEvent;
import io.billingledger.seller.SellerEvent;
import io.billingledger.subscription.SubscriptionEvent;
import io.billingledger.tax.TaxEvent;
import io.billingledger.tenant.TenantEvent;
import io.billingledger.usage.UsageEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every event that the ledger writes, by its stored name. */
public final class EventTypes {
  private static final List<Class<? extends LedgerEvent>> FAMILIES =
      List.of(
          CatalogEvent.class,
          TenantEvent.class,
          SubscriptionEvent.class,
          TaxEvent.class,
          SellerEvent.class,
          CreditEvent.class,
          InvoiceEvent.class,
          CollectionEvent.class,
          ProvisioningEvent.class,
          UsageEvent.class,
          BankEvent.class,
          RevenueEvent.class,
          CalendarEvent.class,
          ManualEntryEvent.class,
          ChartEvent.class,
          BreakEvent.class);

  private static final Map<String, Class<?>> BY_NAME =
      FAMILIES.stream()
          .flatMap(EventTypes::leaves)
          .collect(Collectors.toUnmodifiableMap(EventTypes::nameOf, Function.identity()));

  private EventTypes() {}

  /** The class of each stored name. */
  public static Map<String, Class<?>> byName() {
    return BY_NAME;
  }

  static boolean isEvent(Class<?> type) {
    return type.isAnnotationPresent(EventType.class);
  }

  static String nameOf(Class<?> event) {
    return event.getAnnotation(EventType.class).name();
  }

  static String revisionOf(Class<?> event) {
    return event.getAnnotation(EventType.class).revision();
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventTypes::leaves)
        : Stream.of(type);
  }
}
