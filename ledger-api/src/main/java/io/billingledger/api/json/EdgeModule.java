package io.billingledger.api.json;

import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Id;
import io.billingledger.tax.BaseFactor;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleDeserializers;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** The values of the ledger as they stand in requests and answers. */
final class EdgeModule extends SimpleModule {

  @SuppressWarnings("this-escape") // how Jackson's modules are built; nobody extends this one
  EdgeModule() {
    super("ledger-edge");
    setDeserializers(new Ids());
    addSerializer(new AsText<>(Id.class, Id::value));
    addSerializer(new AsText<>(Actor.class, Actor::name));
    addSerializer(new AsText<>(CurrencyUnit.class, CurrencyUnit::getCode));
    addSerializer(new AsText<>(BigDecimal.class, BigDecimal::toPlainString));
    addSerializer(new AsText<>(BaseFactor.class, BaseFactor::toString));
    addSerializer(new MoneyWriter());
    addDeserializer(String.class, new FromText<>(String.class, "a string", Texts::storable));
    addDeserializer(Actor.class, new FromText<>(Actor.class, "a name", Actor::new));
    addDeserializer(
        CurrencyUnit.class, new FromText<>(CurrencyUnit.class, "a currency code", Texts::currency));
    addDeserializer(
        BigDecimal.class,
        new FromText<>(BigDecimal.class, "a decimal string such as \"12.50\"", Texts::decimal));
    addDeserializer(
        BigInteger.class,
        new FromText<>(
            BigInteger.class, "a decimal string", text -> Texts.decimal(text).toBigIntegerExact()));
    addDeserializer(
        BaseFactor.class,
        new FromText<>(BaseFactor.class, "a string such as \"11/12\"", Texts::factor));
    addDeserializer(
        LocalDate.class, new FromText<>(LocalDate.class, "a date like 2026-01-31", Texts::date));
    addDeserializer(
        LocalTime.class, new FromText<>(LocalTime.class, "a time of day like 09:00", Texts::time));
    addDeserializer(
        Instant.class,
        new FromText<>(Instant.class, "a time like 2026-01-31T09:30:00Z", Texts::instant));
    addDeserializer(Money.class, new MoneyReader());
    addKeyDeserializer(String.class, new StorableKey());
  }

  private static final class AsText<T> extends StdSerializer<T> {
    private final Function<T, String> text;

    AsText(Class<T> type, Function<T, String> text) {
      super(type);
      this.text = text;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializationContext context) {
      json.writeString(text.apply(value));
    }
  }

  private static final class FromText<T> extends StdDeserializer<T> {
    private final String expected;
    private final Function<String, T> read;

    FromText(Class<T> type, String expected, Function<String, T> read) {
      super(type);
      this.expected = expected;
      this.read = read;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        throw new InvalidValue(
            parser, "must be %s, not %s".formatted(expected, Shapes.of(parser.currentToken())));
      }
      try {
        return read.apply(parser.getString());
      } catch (IllegalArgumentException | ArithmeticException refused) {
        throw new InvalidValue(parser, refused.getMessage());
      }
    }
  }

  /** Any {@link Id} from its text, through the constructor that checks it. */
  private static final class Ids extends SimpleDeserializers {
    @Override
    public ValueDeserializer<?> findBeanDeserializer(
        JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
      Class<?> raw = type.getRawClass();
      return Id.class.isAssignableFrom(raw) && raw.isRecord()
          ? of(raw.asSubclass(Id.class))
          : super.findBeanDeserializer(type, config, description);
    }

    private static <T extends Id> FromText<T> of(Class<T> type) {
      try {
        Constructor<T> constructor = type.getConstructor(String.class);
        return new FromText<>(type, "an id", text -> make(constructor, text));
      } catch (NoSuchMethodException notAnIdOfOurs) {
        throw new IllegalStateException(notAnIdOfOurs);
      }
    }

    private static <T> T make(Constructor<T> constructor, String text) {
      try {
        return constructor.newInstance(text);
      } catch (InvocationTargetException refused) {
        throw new IllegalArgumentException(refused.getCause().getMessage(), refused);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  private static final class MoneyWriter extends StdSerializer<Money> {
    MoneyWriter() {
      super(Money.class);
    }

    @Override
    public void serialize(Money money, JsonGenerator json, SerializationContext context) {
      json.writeStartObject();
      json.writeStringProperty("amount", money.getAmount().toPlainString());
      json.writeStringProperty("currency", money.getCurrencyUnit().getCode());
      json.writeEndObject();
    }
  }

  private static final class MoneyReader extends StdDeserializer<Money> {
    private static final String EXAMPLE = "{\"amount\": \"150000.00\", \"currency\": \"IDR\"}";

    MoneyReader() {
      super(Money.class);
    }

    @Override
    public Money deserialize(JsonParser parser, DeserializationContext context) {
      if (!parser.hasToken(JsonToken.START_OBJECT)) {
        throw new InvalidValue(
            parser,
            "must be money like %s, not %s".formatted(EXAMPLE, Shapes.of(parser.currentToken())));
      }
      Map<String, String> fields = new TreeMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        if (!name.equals("amount") && !name.equals("currency")) {
          throw at(name, parser, "is not a field of money, which is like " + EXAMPLE);
        }
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
          throw at(
              name,
              parser,
              "must be a string as in %s, not %s"
                  .formatted(EXAMPLE, Shapes.of(parser.currentToken())));
        }
        fields.put(name, parser.getString());
      }
      for (String name : new String[] {"amount", "currency"}) {
        if (!fields.containsKey(name)) {
          throw at(name, parser, "is missing; money is like " + EXAMPLE);
        }
      }
      return money(parser, fields.get("amount"), fields.get("currency"));
    }

    private static Money money(JsonParser parser, String amount, String code) {
      CurrencyUnit currency;
      try {
        currency = Texts.currency(code);
      } catch (IllegalArgumentException unknown) {
        throw at("currency", parser, unknown.getMessage());
      }
      int digits = currency.getDecimalPlaces();
      if (!amount.matches("-?\\d{1,15}" + (digits == 0 ? "" : "\\.\\d{" + digits + "}"))) {
        throw at(
            "amount",
            parser,
            "must be a decimal string with exactly %d digits after the point for %s, and at most 15 before it"
                .formatted(digits, code));
      }
      return Money.of(currency, new BigDecimal(amount));
    }

    private static RuntimeException at(String field, JsonParser parser, String message) {
      return new InvalidValue(parser, message).prependPath(Money.class, field);
    }
  }

  private static final class StorableKey extends KeyDeserializer {
    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      try {
        return Texts.storable(key);
      } catch (IllegalArgumentException refused) {
        throw new InvalidValue(context.getParser(), "a name here " + refused.getMessage());
      }
    }
  }
}
