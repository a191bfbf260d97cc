package io.billingledger.serialization;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.billingledger.catalog.CouponDiscount;
import io.billingledger.catalog.Meter;
import io.billingledger.catalog.PlanTerms;
import io.billingledger.catalog.RevenueMethod;
import io.billingledger.catalog.UsageTerms;
import io.billingledger.catalog.VersionReach;
import io.billingledger.collections.CollectionTerms;
import io.billingledger.invoice.AppliedDiscount;
import io.billingledger.invoice.InvoiceEvent.InvoiceIssued;
import io.billingledger.invoice.InvoicedCycle;
import io.billingledger.kernel.Id;
import io.billingledger.kernel.Sealed;
import io.billingledger.kernel.SubscriptionId;
import io.billingledger.money.Fraction;
import io.billingledger.subscription.SubscriptionEvent.CycleInvoiceRequested;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionCanceled;
import io.billingledger.subscription.SubscriptionEvent.SubscriptionTerminated;
import io.billingledger.subscription.UnusedPart;
import io.billingledger.subscription.UsedPeriod;
import io.billingledger.tax.BaseFactor;
import io.billingledger.time.BillingInterval;
import io.billingledger.time.ProrationBasis;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleDeserializers;
import tools.jackson.databind.module.SimpleModule;

/**
 * How the ledger's own values look in JSON: ids, amounts and quantities as text, an amount together
 * with its currency, an interval by its kind. Absent values are left out.
 */
public final class LedgerJson {
  private LedgerJson() {}

  /** Configures a mapper for what the ledger stores. */
  public static void configure(JsonMapper.Builder builder) {
    builder
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .addMixIn(BillingInterval.class, ByKind.class)
        .addMixIn(PlanTerms.class, LaterTerms.class)
        .addMixIn(InvoiceIssued.class, LaterInvoice.class)
        .addMixIn(CollectionTerms.class, LaterDunning.class)
        .addMixIn(CycleInvoiceRequested.class, LaterRequest.class)
        .addMixIn(SubscriptionCanceled.class, LaterCancel.class)
        .addMixIn(SubscriptionTerminated.class, LaterEnd.class)
        .addModule(values());
  }

  public static JsonMapper mapper() {
    JsonMapper.Builder builder = JsonMapper.builder();
    configure(builder);
    return builder.build();
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = BillingInterval.RollingDays.class, name = "ROLLING_DAYS"),
    @JsonSubTypes.Type(value = BillingInterval.CalendarMonths.class, name = "CALENDAR_MONTHS")
  })
  private interface ByKind {}

  /**
   * What came later is left out where it says what held before, so that older events stay as they
   * are.
   */
  private interface LaterTerms {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<Meter> meters();

    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = ReachesAll.class)
    VersionReach appliesTo();

    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = UsualUsage.class)
    UsageTerms usage();

    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = ActualDays.class)
    ProrationBasis proration();

    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = ByDays.class)
    RevenueMethod revenue();
  }

  private interface LaterInvoice {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<AppliedDiscount> discounts();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<UsedPeriod> usage();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<InvoicedCycle> others();
  }

  private interface LaterDunning {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<SubscriptionId> others();
  }

  private interface LaterRequest {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<UsedPeriod> usage();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<CouponDiscount> coupons();
  }

  private interface LaterCancel {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<UsedPeriod> used();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<UnusedPart> unused();
  }

  private interface LaterEnd {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<UsedPeriod> used();
  }

  /** Jackson asks a filter whether a value equals it, and leaves the value out if so. */
  private abstract static class Usual {
    private final Object usual;

    Usual(Object usual) {
      this.usual = usual;
    }

    @Override
    public boolean equals(Object value) {
      return value == null || value.equals(usual);
    }

    @Override
    public int hashCode() {
      return usual.hashCode();
    }
  }

  private static final class ReachesAll extends Usual {
    ReachesAll() {
      super(VersionReach.ALL_FROM_NEXT_CYCLE);
    }
  }

  private static final class UsualUsage extends Usual {
    UsualUsage() {
      super(UsageTerms.DEFAULT);
    }
  }

  private static final class ActualDays extends Usual {
    ActualDays() {
      super(ProrationBasis.ACTUAL_DAYS);
    }
  }

  private static final class ByDays extends Usual {
    ByDays() {
      super(RevenueMethod.DAILY);
    }
  }

  private static SimpleModule values() {
    SimpleModule module = new SimpleModule("ledger-values");
    SimpleDeserializers readers = new IdReaders();
    module.setDeserializers(readers);
    module.addSerializer(Id.class, new TextWriter<>(Id::value));
    module.addSerializer(Money.class, new MoneyWriter());
    readers.addDeserializer(Money.class, new MoneyReader());
    module.addSerializer(CurrencyUnit.class, new TextWriter<>(CurrencyUnit::getCode));
    readers.addDeserializer(CurrencyUnit.class, new TextReader<>(CurrencyUnit::of));
    module.addSerializer(BaseFactor.class, new TextWriter<>(BaseFactor::toString));
    readers.addDeserializer(BaseFactor.class, new TextReader<>(BaseFactor::parse));
    module.addSerializer(Fraction.class, new TextWriter<>(Fraction::toString));
    readers.addDeserializer(Fraction.class, new TextReader<>(Fraction::parse));
    module.addSerializer(Sealed.class, new TextWriter<>(Sealed::ciphertext));
    readers.addDeserializer(Sealed.class, new TextReader<>(Sealed::new));
    module.addSerializer(BigDecimal.class, new TextWriter<>(BigDecimal::toPlainString));
    readers.addDeserializer(BigDecimal.class, new TextReader<>(BigDecimal::new));
    return module;
  }

  private static final class TextWriter<T> extends ValueSerializer<T> {
    private final Function<T, String> write;

    TextWriter(Function<T, String> write) {
      this.write = write;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializationContext context) {
      json.writeString(write.apply(value));
    }
  }

  private static final class TextReader<T> extends ValueDeserializer<T> {
    private final Function<String, T> read;

    TextReader(Function<String, T> read) {
      this.read = read;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) {
      return read.apply(json.getString());
    }
  }

  private static final class MoneyWriter extends ValueSerializer<Money> {
    @Override
    public void serialize(Money money, JsonGenerator json, SerializationContext context) {
      json.writeStartObject();
      json.writeStringProperty("amount", money.getAmount().toPlainString());
      json.writeStringProperty("currency", money.getCurrencyUnit().getCode());
      json.writeEndObject();
    }
  }

  private static final class MoneyReader extends ValueDeserializer<Money> {
    @Override
    public Money deserialize(JsonParser json, DeserializationContext context) {
      JsonNode node = context.readTree(json);
      return Money.of(
          CurrencyUnit.of(node.required("currency").asString()),
          new BigDecimal(node.required("amount").asString()));
    }
  }

  /** Reads every kind of id from its text. */
  private static final class IdReaders extends SimpleDeserializers implements Deserializers {
    @Override
    public ValueDeserializer<?> findBeanDeserializer(
        JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
      return Id.class.isAssignableFrom(type.getRawClass())
          ? new TextReader<>(constructor(type.getRawClass()))
          : super.findBeanDeserializer(type, config, description);
    }

    private static Function<String, Object> constructor(Class<?> type) {
      try {
        Constructor<?> constructor = type.getConstructor(String.class);
        return text -> {
          try {
            return constructor.newInstance(text);
          } catch (InvocationTargetException refused) {
            throw new IllegalArgumentException(refused.getCause().getMessage(), refused);
          } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
          }
        };
      } catch (NoSuchMethodException everyIdHasIt) {
        throw new IllegalStateException(everyIdHasIt);
      }
    }
  }
}
