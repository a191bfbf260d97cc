package io.billingledger.serialization;

import io.billingledger.catalog.CouponDuration;
import io.billingledger.catalog.CouponTerms;
import io.billingledger.catalog.DunningPolicy;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.VersionReach;
import io.billingledger.collections.CollectionTerms;
import io.billingledger.invoice.AppliedDiscount;
import io.billingledger.invoice.CreditNote;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoiceLine;
import io.billingledger.journal.CalendarEvent.PeriodChangeRequested;
import io.billingledger.journal.ManualEntryEvent.EntryApproved;
import io.billingledger.journal.ManualEntryEvent.EntryProposed;
import io.billingledger.kernel.Id;
import io.billingledger.kernel.Sealed;
import io.billingledger.money.Fraction;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.subscription.SubscriptionEvent.CycleStarted;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCanceled;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionTerminated;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.tax.BaseFactor;
import io.billingledger.time.BillingInterval;
import io.billingledger.time.BillingPeriod;
import io.billingledger.time.ProrationBasis;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Makes one value of any record, always the same, so that every event has a golden file. */
final class Samples {
  /**
   * Optional fields that a record got after its first golden file was written, by the generation
   * that brought them: each generation has a file of its own, with all fields until then.
   */
  private static final List<Map<Class<?>, Set<String>>> LATER =
      List.of(
          Map.of(PlanTerms.class, Set.of("meters", "minimum", "maximum", "appliesTo")),
          Map.of(
              PlanTerms.class, Set.of("usage", "proration"),
              InvoiceLine.class, Set.of("discount", "part", "usage"),
              InvoiceIssued.class, Set.of("discounts", "usage"),
              CycleInvoiceRequested.class, Set.of("usage", "part"),
              CycleStarted.class, Set.of("used", "anchorDay"),
              SubscriptionCanceled.class, Set.of("used"),
              SubscriptionTerminated.class, Set.of("used")),
          Map.of(
              SubscriptionCanceled.class, Set.of("unused"),
              CycleInvoiceRequested.class, Set.of("coupons")),
          Map.of(
              UsedPeriod.class, Set.of("again"),
              CreditNote.class, Set.of("billedAgain")),
          Map.of(PlanTerms.class, Set.of("revenue")),
          Map.of(
              PeriodChangeRequested.class, Set.of("changeId"),
              EntryProposed.class, Set.of("invoiceId"),
              EntryApproved.class, Set.of("invoiceId")),
          Map.of(
              InvoiceIssued.class, Set.of("others"),
              AppliedDiscount.class, Set.of("subscriptionId"),
              CollectionTerms.class, Set.of("others"),
              CycleInvoiceRequested.class, Set.of("consolidated")));

  private final int generation;

  private Samples(int generation) {
    this.generation = generation;
  }

  /** As its first golden file has it. */
  static Object of(Class<?> type) {
    return of(type, 0);
  }

  /** With the optional fields that came with this generation, and before. */
  static Object of(Class<?> type, int generation) {
    return new Samples(generation).of(type, "sample");
  }

  static int generations() {
    return LATER.size();
  }

  private Object of(Type generic, String name) {
    Class<?> type =
        generic instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) generic;
    if (type == String.class) {
      return name;
    }
    if (type == int.class || type == Integer.class) {
      return 3;
    }
    if (type == long.class || type == Long.class) {
      return 4L;
    }
    if (type == boolean.class || type == Boolean.class) {
      return true;
    }
    if (type == BigDecimal.class) {
      return new BigDecimal("12.50");
    }
    if (type == Money.class) {
      return Money.of(CurrencyUnit.of("IDR"), new BigDecimal("150000.00"));
    }
    if (type == CurrencyUnit.class) {
      return CurrencyUnit.of("IDR");
    }
    if (type == BaseFactor.class) {
      return BaseFactor.parse("11/12");
    }
    if (type == Sealed.class) {
      return new Sealed("c2VhbGVk");
    }
    if (type == Instant.class) {
      return Instant.parse("2026-01-31T17:00:00Z");
    }
    if (type == LocalDate.class) {
      return LocalDate.of(2026, 2, 1);
    }
    if (type == LocalTime.class) {
      return LocalTime.of(9, 0);
    }
    if (type == ZoneId.class) {
      return ZoneId.of("Asia/Jakarta");
    }
    if (type == BillingPeriod.class) {
      return new BillingPeriod(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 3, 3));
    }
    if (type == BillingInterval.class) {
      return new BillingInterval.RollingDays(30);
    }
    if (type == List.class) {
      Type element = ((ParameterizedType) generic).getActualTypeArguments()[0];
      return List.of(of(element, name));
    }
    if (type == Map.class) {
      return Map.of(name, name);
    }
    if (type == Fraction.class) {
      return Fraction.parse("10/3");
    }
    if (type == ProrationBasis.class) {
      return ProrationBasis.FIXED_30;
    }
    if (type == VersionReach.class) {
      return VersionReach.NEW_SUBSCRIPTIONS;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (Id.class.isAssignableFrom(type)) {
      return id(type);
    }
    if (type.isRecord()) {
      return record(type);
    }
    throw new IllegalArgumentException("no sample for " + generic);
  }

  private Object id(Class<?> type) {
    try {
      for (Method method : type.getMethods()) {
        if (method.getName().equals("derive")) {
          return method.invoke(null, (Object) new Object[] {"sample"});
        }
      }
      Method of =
          Arrays.stream(type.getMethods())
              .filter(method -> method.getName().equals("of"))
              .findFirst()
              .orElseThrow();
      return of.invoke(null, id(of.getParameterTypes()[0]));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object record(Class<?> type) {
    if (type == CouponTerms.class) {
      return new CouponTerms(
          new BigDecimal("12.50"),
          null,
          CouponDuration.REPEATING,
          3,
          LocalDate.of(2026, 2, 1),
          LocalDate.of(2026, 2, 28),
          3,
          List.of("productCodes"),
          List.of("planCodes"));
    }
    // The default policy is the one value whose numbers depend on each other.
    if (type == DunningPolicy.class) {
      return DunningPolicy.DEFAULT;
    }
    RecordComponent[] components = type.getRecordComponents();
    Set<String> leftOut =
        LATER.stream()
            .skip(generation)
            .flatMap(later -> later.getOrDefault(type, Set.of()).stream())
            .collect(Collectors.toSet());
    Object[] values =
        Arrays.stream(components)
            .map(
                component ->
                    leftOut.contains(component.getName())
                        ? null
                        : of(component.getGenericType(), component.getName()))
            .toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type, e);
    }
  }
}
