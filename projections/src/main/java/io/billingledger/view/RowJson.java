package io.billingledger.view;

import io.billingledger.serialization.LedgerJson;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists that are always read together with their row are kept in it, as JSON like that of events.
 * The same list is always the same text.
 */
public final class RowJson {
  public static final String NONE = "[]";

  private static final JsonMapper MAPPER = LedgerJson.mapper();

  private RowJson() {}

  public static String write(List<?> values) {
    return MAPPER.writeValueAsString(values);
  }

  public static <T> List<T> read(String json, Class<T> type) {
    return json.equals(NONE)
        ? List.of()
        : MAPPER.readValue(json, MAPPER.getTypeFactory().constructCollectionType(List.class, type));
  }

  /** The list with one more at its end. */
  public static <T> String add(String json, T last, Class<T> type) {
    List<T> values = new ArrayList<>(read(json, type));
    values.add(last);
    return write(values);
  }
}
