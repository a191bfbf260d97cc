package io.billingledger.architecture;

import io.billingledger.kernel.Rejection;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Makes a refusal of any kind, to read its code. */
final class Refusals {
  private Refusals() {}

  static Rejection sample(Class<?> type) throws ReflectiveOperationException {
    return (Rejection) record(type);
  }

  private static Object record(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = value(components[i].getType());
    }
    Constructor<?> constructor =
        type.getDeclaredConstructor(
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  private static Object value(Class<?> type) throws ReflectiveOperationException {
    Map<Class<?>, Object> plain =
        Map.ofEntries(
            Map.entry(String.class, "sample"),
            Map.entry(int.class, 1),
            Map.entry(Integer.class, 1),
            Map.entry(long.class, 1L),
            Map.entry(Long.class, 1L),
            Map.entry(boolean.class, true),
            Map.entry(BigDecimal.class, BigDecimal.ONE),
            Map.entry(Money.class, Money.parse("IDR 1.00")),
            Map.entry(CurrencyUnit.class, CurrencyUnit.of("IDR")),
            Map.entry(Instant.class, Instant.EPOCH),
            Map.entry(LocalDate.class, LocalDate.EPOCH),
            Map.entry(YearMonth.class, YearMonth.of(2026, 1)),
            Map.entry(List.class, List.of("sample")),
            Map.entry(Set.class, Set.of("sample")),
            Map.entry(Optional.class, Optional.empty()));
    if (plain.containsKey(type)) {
      return plain.get(type);
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    for (Method method : type.getMethods()) {
      if (method.getName().equals("derive")) {
        return method.invoke(null, (Object) new Object[] {"sample"});
      }
    }
    return record(type);
  }
}
