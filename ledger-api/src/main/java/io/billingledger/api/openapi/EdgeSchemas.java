package io.billingledger.api.openapi;

import com.fasterxml.jackson.databind.JavaType;
import io.billingledger.kernel.Actor;
import io.billingledger.kernel.Id;
import io.billingledger.tax.BaseFactor;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The ledger's values as schemas, the way {@code api.json} writes them. */
public final class EdgeSchemas implements ModelConverter {

  @Override
  public Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    JavaType java = Json31.mapper().constructType(type.getType());
    Schema<?> ours = java == null ? null : ours(java.getRawClass());
    if (ours != null) {
      return ours;
    }
    return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
  }

  private static Schema<?> ours(Class<?> type) {
    if (type == Money.class) {
      return money();
    }
    if (type == BigDecimal.class) {
      return text("A decimal string, never a number").example("12.50");
    }
    if (type == BaseFactor.class) {
      return text("A decimal or a fraction").example("11/12");
    }
    if (type == CurrencyUnit.class) {
      return text("A currency of ISO 4217").example("IDR");
    }
    if (type == Actor.class) {
      return text("Who acts").example("budi@example.com");
    }
    if (Id.class.isAssignableFrom(type)) {
      return text("A prefix and a ULID");
    }
    return null;
  }

  private static Schema<?> money() {
    Schema<?> money = new Schema<>();
    money.setTypes(Set.of("object"));
    money.setType("object");
    money.addProperty(
        "amount",
        text("A decimal string with exactly the currency's minor digits").example("150000.00"));
    money.addProperty("currency", text("A currency of ISO 4217").example("IDR"));
    money.setRequired(List.of("amount", "currency"));
    return money;
  }

  static Schema<?> text(String description) {
    Schema<?> text = new Schema<>();
    text.setTypes(Set.of("string"));
    text.setType("string");
    text.setDescription(description);
    return text;
  }

  static Schema<?> wholeNumber() {
    Schema<?> number = new Schema<>();
    number.setTypes(Set.of("integer"));
    number.setType("integer");
    return number;
  }
}
