package io.billingledger.serialization;

import org.axonframework.serialization.ChainingConverter;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import tools.jackson.databind.json.JsonMapper;

/** A serializer that is nothing but a mapper, in the place of Axon's own. */
public record PlainJson(JsonMapper mapper) implements Serializer {
  @Override
  public <T> SerializedObject<T> serialize(Object object, Class<T> expected) {
    return new SimpleSerializedObject<>(
        expected.cast(mapper.writeValueAsBytes(object)), expected, typeForClass(object.getClass()));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <S, T> T deserialize(SerializedObject<S> stored) {
    return (T) mapper.readValue((byte[]) stored.getData(), classForType(stored.getType()));
  }

  @Override
  public <T> boolean canSerializeTo(Class<T> representation) {
    return representation == byte[].class;
  }

  @Override
  public Class<?> classForType(SerializedType type) {
    try {
      return Class.forName(type.getName());
    } catch (ClassNotFoundException e) {
      return UnknownSerializedType.class;
    }
  }

  @Override
  @SuppressWarnings("rawtypes")
  public SerializedType typeForClass(Class type) {
    return new SimpleSerializedType(type.getName(), null);
  }

  @Override
  public Converter getConverter() {
    return new ChainingConverter();
  }
}
