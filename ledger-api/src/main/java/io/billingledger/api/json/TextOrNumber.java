package io.billingledger.api.json;

import java.math.BigDecimal;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * A decimal that may also come as a JSON number, read digit by digit as it is written: for what
 * bounds a price, such as a tier's end or a rate, and never for money or for what was used.
 */
public final class TextOrNumber extends StdDeserializer<BigDecimal> {
  public TextOrNumber() {
    super(BigDecimal.class);
  }

  @Override
  public BigDecimal deserialize(JsonParser parser, DeserializationContext context) {
    return read(parser);
  }

  private static BigDecimal read(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_STRING
        && token != JsonToken.VALUE_NUMBER_INT
        && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw new InvalidValue(
          parser, "must be a decimal string such as \"12.50\", not " + Shapes.of(token));
    }
    try {
      return Texts.decimal(parser.getString());
    } catch (IllegalArgumentException refused) {
      throw new InvalidValue(parser, refused.getMessage());
    }
  }

  /** A count, as a number or as text. */
  public static final class Whole extends StdDeserializer<Integer> {
    public Whole() {
      super(Integer.class);
    }

    @Override
    public Integer deserialize(JsonParser parser, DeserializationContext context) {
      try {
        return read(parser).intValueExact();
      } catch (ArithmeticException refused) {
        throw new InvalidValue(parser, "must be a whole number of at most nine digits");
      }
    }
  }
}
