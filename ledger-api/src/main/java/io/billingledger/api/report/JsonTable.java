package io.billingledger.api.report;

import io.billingledger.api.json.Json;
import io.billingledger.view.report.Column;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** One object: what was asked, and {@code data} with an object for each row. */
final class JsonTable implements TableWriter {
  private final JsonGenerator json;
  private final Map<String, Object> asked;
  private List<Column> columns;

  JsonTable(OutputStream out, Map<String, Object> asked) {
    this.json = Json.mapper().createGenerator(out);
    this.asked = asked;
  }

  @Override
  public void begin(List<Column> of) {
    columns = of;
    json.writeStartObject();
    asked.forEach(
        (name, value) -> json.writeStringProperty(name, value == null ? null : value.toString()));
    json.writeArrayPropertyStart("data");
  }

  @Override
  public void row(List<Object> values) {
    json.writeStartObject();
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      json.writeStringProperty(
          columns.get(i).name(),
          switch (value) {
            case null -> null;
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
          });
    }
    json.writeEndObject();
  }

  @Override
  public void end() throws IOException {
    json.writeEndArray();
    json.writeEndObject();
    json.flush();
  }
}
