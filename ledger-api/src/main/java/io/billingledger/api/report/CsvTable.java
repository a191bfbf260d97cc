package io.billingledger.api.report;

import io.billingledger.view.report.Column;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** RFC 4180 in UTF-8. */
final class CsvTable implements TableWriter {
  private final CSVPrinter csv;

  CsvTable(OutputStream out) throws IOException {
    csv =
        new CSVPrinter(
            new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)),
            CSVFormat.RFC4180);
  }

  @Override
  public void begin(List<Column> columns) throws IOException {
    csv.printRecord(columns.stream().map(Column::name).toList());
  }

  @Override
  public void row(List<Object> values) throws IOException {
    List<Object> cells = new ArrayList<>(values.size());
    values.forEach(value -> cells.add(cell(value)));
    csv.printRecord(cells);
  }

  @Override
  public void end() throws IOException {
    csv.flush();
  }

  private static Object cell(Object value) {
    return switch (value) {
      case null -> "";
      case BigDecimal number -> number.toPlainString();
      case String text -> harmless(text);
      default -> value.toString();
    };
  }

  /** A text that a spreadsheet would take for a formula is kept a text. */
  static String harmless(String text) {
    return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
