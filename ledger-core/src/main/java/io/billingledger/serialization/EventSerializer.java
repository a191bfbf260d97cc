package io.billingledger.serialization;

import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;

/**
 * Stores events under the names that they declare, never under class names. An unknown stored name
 * stops the line instead of being skipped.
 */
public final class EventSerializer implements Serializer {
  private final Serializer json;

  /**
   * @param json writes the values themselves, configured by {@link LedgerJson}
   */
  public EventSerializer(Serializer json) {
    this.json = json;
  }

  @Override
  public <T> SerializedObject<T> serialize(Object object, Class<T> expected) {
    SerializedObject<T> plain = json.serialize(object, expected);
    return object != null && EventTypes.isEvent(object.getClass())
        ? new SimpleSerializedObject<>(
            plain.getData(), plain.getContentType(), typeForClass(object.getClass()))
        : plain;
  }

  @Override
  public <S, T> T deserialize(SerializedObject<S> stored) {
    return json.deserialize(
        new SimpleSerializedObject<>(
            stored.getData(),
            stored.getContentType(),
            new SimpleSerializedType(
                classForType(stored.getType()).getName(), stored.getType().getRevision())));
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Class classForType(SerializedType type) {
    Class<?> event = EventTypes.byName().get(type.getName());
    if (event != null) {
      return event;
    }
    Class<?> other = json.classForType(type);
    if (other == UnknownSerializedType.class) {
      throw new UnknownEvent(type);
    }
    return other;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public SerializedType typeForClass(Class type) {
    Class<?> event = type;
    return event != null && EventTypes.isEvent(event)
        ? new SimpleSerializedType(EventTypes.nameOf(event), EventTypes.revisionOf(event))
        : json.typeForClass(type);
  }

  @Override
  public <T> boolean canSerializeTo(Class<T> representation) {
    return json.canSerializeTo(representation);
  }

  @Override
  public Converter getConverter() {
    return json.getConverter();
  }
}
