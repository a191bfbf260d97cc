package io.billingledger.serialization;

import io.billingledger.catalog.DunningPolicy;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.VersionReach;
import io.billingledger.kernel.Id;
import io.billingledger.kernel.Sealed;
import io.billingledger.tax.BaseFactor;
import io.billingledger.time.BillingInterval;
import io.billingledger.time.BillingPeriod;
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
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Makes one value of any record, always the same, so that every event has a golden file. */
final class Samples {
  /** Optional fields that a record got after its first golden file was written. */
  private static final Map<Class<?>, Set<String>> LATER =
      Map.of(PlanTerms.class, Set.of("meters", "minimum", "maximum", "appliesTo"));

  private final boolean later;

  private Samples(boolean later) {
    this.later = later;
  }

  /** As its first golden file has it. */
  static Object of(Class<?> type) {
    return new Samples(false).of(type, "sample");
  }

  /** With the optional fields that came later; equal to the other one where there are none. */
  static Object withLater(Class<?> type) {
    return new Samples(true).of(type, "sample");
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
    // The default policy is the one value whose numbers depend on each other.
    if (type == DunningPolicy.class) {
      return DunningPolicy.DEFAULT;
    }
    RecordComponent[] components = type.getRecordComponents();
    Set<String> leftOut = later ? Set.of() : LATER.getOrDefault(type, Set.of());
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
